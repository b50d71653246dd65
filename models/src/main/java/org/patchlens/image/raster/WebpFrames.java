package org.patchlens.image.raster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The frames of an animated WebP: where they lie in the file and on the canvas.
///
/// The background colour that the file names is a hint that decoders pass over; the canvas starts transparent.
final class WebpFrames {
    private static final int HEADER = 12;
    private static final int ANIMATED = 2;
    private static final int HAS_ALPHA = 0x10;
    private static final int FRAME_HEADER = 16;

    private final Source source;
    private final List<Frame> frames = new ArrayList<>();

    /// @param at where its header starts
    /// @param end after its chunks
    private record Frame(int at, int end) {}

    private WebpFrames(Source source) {
        this.source = source;
    }

    static boolean isAnimation(Source source) {
        return source.has(HEADER, "VP8X") && (source.u8(HEADER + 8) & ANIMATED) != 0;
    }

    /// Finds the first frame, or all of them.
    static WebpFrames of(Source source, boolean firstAlone) {
        WebpFrames found = new WebpFrames(source);
        long end = source.u32Little(4) + 8;
        long at = HEADER;
        while (at + 8 <= end && !(firstAlone && !found.frames.isEmpty())) {
            long length = source.u32Little((int) at + 4);
            long next = at + 8 + length + (length & 1);
            if (source.has((int) at, "ANMF")) {
                if (length < FRAME_HEADER || at + 8 + length > source.bytes().length) {
                    throw source.damaged("a frame of its animation is truncated");
                }
                found.add(new Frame((int) at + 8, (int) (at + 8 + length)));
            }
            at = next;
        }
        if (found.frames.isEmpty()) {
            throw source.damaged("its animation has no frame");
        }
        Animation.Screen screen = found.screen();
        source.checkAnimation(screen.width(), screen.height(), found.frames.size());
        return found;
    }

    private void add(Frame frame) {
        Animation.Part part = part(frame);
        Animation.Screen screen = screen();
        if (part.left() + part.width() > screen.width() || part.top() + part.height() > screen.height()) {
            throw source.damaged("a frame of its animation lies outside of the canvas");
        }
        frames.add(frame);
        source.checkFrames(frames.size());
    }

    Animation.Screen screen() {
        int at = HEADER + 8;
        return new Animation.Screen(1 + source.u24Little(at + 4), 1 + source.u24Little(at + 7), 0);
    }

    List<Animation.Part> parts() {
        return frames.stream().map(this::part).toList();
    }

    private Animation.Part part(Frame frame) {
        int flags = source.u8(frame.at + 15);
        return new Animation.Part(
                2 * source.u24Little(frame.at),
                2 * source.u24Little(frame.at + 3),
                1 + source.u24Little(frame.at + 6),
                1 + source.u24Little(frame.at + 9),
                (flags & 2) == 0 ? Animation.Blend.OVER : Animation.Blend.REPLACE,
                (flags & 1) == 1 ? new Animation.Disposal.Empty(0) : new Animation.Disposal.Keep(),
                false);
    }

    /// A file with one frame alone.
    byte[] file(int index) {
        Frame frame = frames.get(index);
        int chunks = frame.at + FRAME_HEADER;
        boolean extended = source.has(chunks, "ALPH");
        int length = frame.end - chunks;
        ByteArrayOutputStream file = new ByteArrayOutputStream(length + 64);
        file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(little(4 + length + (extended ? 18 : 0)));
        file.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        if (extended) {
            file.writeBytes("VP8X".getBytes(StandardCharsets.US_ASCII));
            file.writeBytes(little(10));
            file.writeBytes(little(HAS_ALPHA));
            file.write(source.bytes(), frame.at + 6, 6);
        }
        file.write(source.bytes(), chunks, length);
        return file.toByteArray();
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
