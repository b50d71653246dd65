package org.patchlens.image.raster;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.patchlens.image.AnimatedReader;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;

/// PNG of all colour types and depths, interlaced or not: the still image that programs without animation show, or
/// every frame of an animation.
public final class PngReader implements AnimatedReader {
    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int CHUNK_FRAME = 12;
    static final Codec CODEC = new Codec(Codec.ofJdk("png"), warning -> false);

    @Override
    public boolean recognizes(byte[] head, String fileName) {
        return Source.has(head, 0, SIGNATURE);
    }

    @Override
    public ImageFile open(Path file, ImageLimits limits) {
        Source source = source(file, limits);
        Pixels pixels = pixels(source);
        return new PictureFile(
                "PNG", 1, frame -> pixels.orientation.apply(Samples.ofImage(CODEC.image(source, pixels.png, 0))));
    }

    @Override
    public ImageFile openAnimation(Path file, ImageLimits limits) {
        Source source = source(file, limits);
        if (!PngFrames.isAnimation(source)) {
            return open(file, limits);
        }
        Orientation orientation = pixels(source).orientation;
        PngFrames frames = PngFrames.of(source);
        return new Animation(
                new Animation.Format("PNG", orientation),
                frames.screen(),
                frames.parts(),
                frame -> Layer.of(CODEC.image(source, frames.file(frame), 0)));
    }

    /// Reads a file whose header is right and within the limits.
    static Source source(Path file, ImageLimits limits) {
        Source source = Source.of(file, limits);
        if (!source.has(12, "IHDR") || source.u32(8) != 13) {
            throw source.damaged("it does not start with a PNG header");
        }
        int depth = source.u8(24);
        int channels = switch (source.u8(25)) {
            case 0 -> 2;
            case 3, 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw source.damaged("its header names the colour type " + source.u8(25));
        };
        source.checkSize(source.u32(16), source.u32(20), channels * Math.max(1, depth / 8));
        return source;
    }

    /// What of a file the pixels need, and how they are turned.
    @SuppressWarnings("ArrayRecordComponent") // never compared, and its bytes are not written to
    record Pixels(byte[] png, Orientation orientation) {}

    /// Copies the chunks that hold pixels and leaves texts, profiles and animation behind, so that nothing in them
    /// can hurt.
    static Pixels pixels(Source source) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(source.bytes().length);
        kept.write(source.bytes(), 0, 8);
        Orientation orientation = Orientation.UPRIGHT;
        boolean pixels = false;
        boolean ended = false;
        for (int at = 8; at < source.bytes().length && !ended; ) {
            long length = source.u32(at);
            boolean cut = length > source.bytes().length - at - CHUNK_FRAME;
            if (source.has(at + 4, "IEND")) {
                ended = true;
            } else if (cut) {
                throw source.damaged("it is truncated: the chunk at byte " + at + " needs " + length
                        + " bytes, the file ends after " + Math.max(0, source.bytes().length - at - 8));
            }
            int size = ended ? 0 : (int) length;
            if (source.has(at + 4, "IHDR") || source.has(at + 4, "PLTE") || source.has(at + 4, "IDAT")) {
                checkSum(source, at, size);
                kept.write(source.bytes(), at, size + CHUNK_FRAME);
                pixels |= source.has(at + 4, "IDAT");
            } else if (source.has(at + 4, "eXIf")) {
                orientation = Orientation.ofExif(Arrays.copyOfRange(source.bytes(), at + 8, at + 8 + size));
            } else if (source.has(at + 4, "iTXtXML:com.adobe.xmp") && orientation.equals(Orientation.UPRIGHT)) {
                orientation = Orientation.ofXmp(Arrays.copyOfRange(source.bytes(), at + 8, at + 8 + size));
            }
            at += size + CHUNK_FRAME;
        }
        if (!pixels) {
            throw source.damaged("it holds no pixels (no IDAT chunk)");
        }
        kept.writeBytes(new byte[] {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82});
        return new Pixels(kept.toByteArray(), orientation);
    }

    /// @param at where the chunk starts
    /// @param size of its content
    static void checkSum(Source source, int at, int size) {
        CRC32 sum = new CRC32();
        sum.update(source.bytes(), at + 4, size + 4);
        if (sum.getValue() != source.u32(at + 8 + size)) {
            throw source.damaged("the checksum of the chunk at byte " + at + " is wrong");
        }
    }
}
