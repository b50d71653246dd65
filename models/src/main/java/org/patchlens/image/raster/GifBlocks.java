package org.patchlens.image.raster;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The blocks of a GIF: where its frames lie in the file and on the canvas.
final class GifBlocks {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int SCREEN_END = 13;

    private final Source source;
    private final List<Frame> frames = new ArrayList<>();

    /// @param control where its graphic control extension starts; 0 without one
    /// @param image where its image descriptor starts
    /// @param end after its pixels
    private record Frame(int control, int image, int end) {}

    private GifBlocks(Source source) {
        this.source = source;
    }

    /// Finds the first frame, or all of them.
    static GifBlocks of(Source source, boolean firstAlone) {
        GifBlocks blocks = new GifBlocks(source);
        int at = SCREEN_END + tableBytes(source.u8(10));
        int control = 0;
        while (blocks.frames.isEmpty() || (!firstAlone && blocks.goesOn(at))) {
            int block = source.u8(at);
            if (block == EXTENSION) {
                control = source.u8(at + 1) == GRAPHIC_CONTROL ? at : control;
                at = blocks.afterSubBlocks(at + 2);
            } else if (block == IMAGE) {
                int data = at + 10 + tableBytes(source.u8(at + 9)) + 1;
                // The pixels of a file that is cut are the decoder's business.
                int end = firstAlone ? source.bytes().length : blocks.afterSubBlocks(data);
                blocks.add(new Frame(control, at, end));
                at = end;
                control = 0;
            } else {
                throw source.damaged("it holds no image: byte " + at + " starts no block that GIF knows");
            }
        }
        if (!firstAlone || !blocks.firstFillsTheCanvas()) {
            source.checkAnimation(source.u16Little(6), source.u16Little(8), blocks.frames.size());
        }
        return blocks;
    }

    private boolean goesOn(int at) {
        return at < source.bytes().length && source.u8(at) != TRAILER;
    }

    private void add(Frame frame) {
        source.checkSize(source.u16Little(frame.image + 5), source.u16Little(frame.image + 7), 3);
        frames.add(frame);
        source.checkFrames(frames.size());
    }

    private static int tableBytes(int flags) {
        return (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;
    }

    private int afterSubBlocks(int from) {
        int at = from;
        while (source.u8(at) != 0) {
            at += source.u8(at) + 1;
        }
        return at + 1;
    }

    /// The canvas has the colour that stands for transparency in the first frame, else the first colour of its
    /// palette.
    Animation.Screen screen() {
        Frame first = frames.getFirst();
        return new Animation.Screen(
                source.u16Little(6), source.u16Little(8), colour(first, Math.max(0, transparent(first))));
    }

    /// Whether no canvas shows around the first frame.
    boolean firstFillsTheCanvas() {
        int at = frames.getFirst().image;
        return source.u16Little(at + 1) == 0
                && source.u16Little(at + 3) == 0
                && source.u16Little(at + 5) == source.u16Little(6)
                && source.u16Little(at + 7) == source.u16Little(8);
    }

    List<Animation.Part> parts() {
        List<Animation.Part> parts = new ArrayList<>();
        for (Frame frame : frames) {
            int at = frame.image;
            parts.add(new Animation.Part(
                    source.u16Little(at + 1),
                    source.u16Little(at + 3),
                    source.u16Little(at + 5),
                    source.u16Little(at + 7),
                    parts.isEmpty() ? Animation.Blend.REPLACE : Animation.Blend.OVER,
                    disposal(frame),
                    false));
        }
        return parts;
    }

    private Animation.Disposal disposal(Frame frame) {
        int method = frame.control == 0 ? 0 : source.u8(frame.control + 3) >> 2 & 7;
        int transparent = transparent(frame);
        return switch (method) {
            case 2 -> new Animation.Disposal.Empty(colour(frame, transparent >= 0 ? transparent : source.u8(11)));
            case 3 -> new Animation.Disposal.Previous();
            default -> new Animation.Disposal.Keep();
        };
    }

    /// The index that stands for transparency, or -1.
    private int transparent(Frame frame) {
        boolean some = frame.control != 0 && (source.u8(frame.control + 3) & 1) == 1;
        return some ? source.u8(frame.control + 6) : -1;
    }

    private int colour(Frame frame, int index) {
        int local = source.u8(frame.image + 9);
        boolean own = (local & 0x80) != 0;
        int table = own ? frame.image + 10 : SCREEN_END;
        int size = tableBytes(own ? local : source.u8(10));
        return index * 3 + 2 < size ? source.u8(table + index * 3) << 16 | source.u16(table + index * 3 + 1) : 0;
    }

    /// A file with one frame alone.
    byte[] file(int index) {
        Frame frame = frames.get(index);
        int header = SCREEN_END + tableBytes(source.u8(10));
        ByteArrayOutputStream file = new ByteArrayOutputStream(header + frame.end - frame.image + 16);
        file.write(source.bytes(), 0, header);
        if (frame.control != 0) {
            file.write(source.bytes(), frame.control, afterSubBlocks(frame.control + 2) - frame.control);
        }
        file.write(source.bytes(), frame.image, frame.end - frame.image);
        file.write(TRAILER);
        return file.toByteArray();
    }
}
