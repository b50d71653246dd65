package org.patchlens.image.raster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// The frames of an animated PNG: where they lie in the file and on the canvas.
///
/// A still image that does not belong to the animation is the first frame, so that frame 0 is always what programs
/// without animation show.
final class PngFrames {
    private static final int SIGNATURE = 8;
    private static final int CHUNK_FRAME = 12;
    private static final int NUMBER = 4;

    private final Source source;
    private final List<Frame> frames = new ArrayList<>();
    private final ByteArrayOutputStream palette = new ByteArrayOutputStream();

    /// @param control where the content of its frame control chunk starts; 0 for a still image outside the
    ///     animation
    /// @param data of its pixels, compressed
    private record Frame(int control, ByteArrayOutputStream data) {}

    private PngFrames(Source source) {
        this.source = source;
    }

    static boolean isAnimation(Source source) {
        for (long at = SIGNATURE; at + CHUNK_FRAME <= source.bytes().length; at += source.u32((int) at) + CHUNK_FRAME) {
            if (source.has((int) at + 4, "acTL")) {
                return true;
            }
            if (source.has((int) at + 4, "IDAT")) {
                return false;
            }
        }
        return false;
    }

    /// Finds all frames; the chunks were checked before.
    static PngFrames of(Source source) {
        PngFrames found = new PngFrames(source);
        long at = SIGNATURE;
        while (at + CHUNK_FRAME <= source.bytes().length && !source.has((int) at + 4, "IEND")) {
            found.chunk((int) at, (int) source.u32((int) at));
            at += source.u32((int) at) + CHUNK_FRAME;
        }
        Animation.Screen screen = found.screen();
        source.checkAnimation(screen.width(), screen.height(), found.frames.size());
        found.frames.stream().filter(frame -> frame.data.size() == 0).findAny().ifPresent(_ -> {
            throw source.damaged("a frame of its animation has no pixels");
        });
        return found;
    }

    private void chunk(int at, int size) {
        int content = at + 8;
        if (source.has(at + 4, "fcTL")) {
            PngReader.checkSum(source, at, size);
            add(new Frame(content, new ByteArrayOutputStream()));
        } else if (source.has(at + 4, "IDAT")) {
            if (frames.isEmpty()) {
                add(new Frame(0, new ByteArrayOutputStream()));
            }
            frames.getFirst().data.write(source.bytes(), content, size);
        } else if (source.has(at + 4, "fdAT")) {
            if (frames.isEmpty() || size < NUMBER) {
                throw source.damaged("the pixels of its animation belong to no frame");
            }
            PngReader.checkSum(source, at, size);
            frames.getLast().data.write(source.bytes(), content + NUMBER, size - NUMBER);
        } else if (source.has(at + 4, "PLTE") || source.has(at + 4, "tRNS")) {
            palette.write(source.bytes(), at, size + CHUNK_FRAME);
        }
    }

    private void add(Frame frame) {
        frames.add(frame);
        source.checkFrames(frames.size());
        Animation.Part part = part(frames.size() - 1);
        Animation.Screen screen = screen();
        boolean inside = part.width() > 0
                && part.height() > 0
                && part.left() >= 0
                && part.top() >= 0
                && part.left() <= screen.width() - part.width()
                && part.top() <= screen.height() - part.height();
        if (!inside) {
            throw source.damaged("a frame of its animation lies outside of the canvas");
        }
    }

    Animation.Screen screen() {
        return new Animation.Screen((int) source.u32(16), (int) source.u32(20), 0);
    }

    List<Animation.Part> parts() {
        List<Animation.Part> parts = new ArrayList<>();
        for (int index = 0; index < frames.size(); index++) {
            parts.add(part(index));
        }
        return parts;
    }

    private Animation.Part part(int index) {
        int at = frames.get(index).control;
        if (at == 0) {
            return new Animation.Part(
                    0,
                    0,
                    screen().width(),
                    screen().height(),
                    Animation.Blend.REPLACE,
                    new Animation.Disposal.Keep(),
                    false);
        }
        return new Animation.Part(
                (int) source.u32(at + 12),
                (int) source.u32(at + 16),
                (int) source.u32(at + 4),
                (int) source.u32(at + 8),
                index == 0 || source.u8(at + 25) == 0 ? Animation.Blend.REPLACE : Animation.Blend.OVER,
                disposal(source.u8(at + 24), index == 0),
                index == 1 && frames.getFirst().control == 0);
    }

    /// Before the first part there was nothing.
    private static Animation.Disposal disposal(int operation, boolean first) {
        return switch (operation) {
            case 1 -> new Animation.Disposal.Empty(0);
            case 2 -> first ? new Animation.Disposal.Empty(0) : new Animation.Disposal.Previous();
            default -> new Animation.Disposal.Keep();
        };
    }

    /// A file with one frame alone.
    byte[] file(int index) {
        Animation.Part part = part(index);
        Frame frame = frames.get(index);
        ByteArrayOutputStream file = new ByteArrayOutputStream(frame.data.size() + palette.size() + 64);
        file.write(source.bytes(), 0, SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(part.width())
                .putInt(part.height())
                .put(source.bytes(), 24, 5)
                .array();
        chunk(file, 'I' << 24 | 'H' << 16 | 'D' << 8 | 'R', header);
        file.writeBytes(palette.toByteArray());
        chunk(file, 'I' << 24 | 'D' << 16 | 'A' << 8 | 'T', frame.data.toByteArray());
        chunk(file, 'I' << 24 | 'E' << 16 | 'N' << 8 | 'D', new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, int type, byte[] content) {
        byte[] typed = ByteBuffer.allocate(4 + content.length)
                .putInt(type)
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(typed);
        file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        file.writeBytes(typed);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
