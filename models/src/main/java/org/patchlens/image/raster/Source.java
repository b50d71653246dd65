package org.patchlens.image.raster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;

/// The bytes of a picture, read with care: what lies outside the file or beyond the limits is an error that names
/// the file.
final class Source {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
    /// A codec holds its own copy of the pixels besides the result.
    private static final int COPIES = 2;
    /// The frames of an animation may together have this many times the pixels of one picture.
    private static final int ANIMATION = 64;
    /// A canvas, what is drawn on it, and the result, per pixel.
    private static final int CANVAS_BYTES = 10;

    private final String name;
    private final byte[] bytes;
    private final ImageLimits limits;

    private Source(String name, byte[] bytes, ImageLimits limits) {
        this.name = name;
        this.bytes = bytes;
        this.limits = limits;
    }

    /// Reads a file whole.
    static Source of(Path file, ImageLimits limits) {
        try {
            long size = Files.size(file);
            long most = Math.min(
                    Math.min(limits.fileBytes(), LONGEST_ARRAY),
                    Runtime.getRuntime().maxMemory() / 2);
            if (size > most) {
                throw PatchlensException.badData(
                        file.toString(),
                        "it has " + size + " bytes, pictures of up to " + most + " bytes are read",
                        "Raise --max-file-bytes or the memory of the JVM (-Xmx) if the file is trusted");
            }
            return new Source(file.toString(), Files.readAllBytes(file), limits);
        } catch (IOException e) {
            throw PatchlensException.badData(file.toString(), "it cannot be read", "Check its permissions")
                    .causedBy(e);
        }
    }

    /// The whole file; not a copy, so nobody writes to it.
    byte[] bytes() {
        return bytes;
    }

    /// The error for content that is not what its format prescribes.
    PatchlensException damaged(String what) {
        return PatchlensException.badData(name, what, "Replace the file, or go on without it with --skip-errors");
    }

    /// The error for content that is right but not read here.
    PatchlensException unsupported(String what) {
        return PatchlensException.badData(name, what, "Convert it to PNG or TIFF");
    }

    /// Refuses a size before any memory is taken for it.
    ///
    /// @param bytesPerPixel what one decoded pixel takes
    void checkSize(long width, long height, int bytesPerPixel) {
        if (width < 1 || height < 1) {
            throw damaged("its header says " + width + " x " + height + " pixels");
        }
        if (width > limits.pixels() / height) {
            throw PatchlensException.badData(
                    name,
                    "its header says " + width + " x " + height + " pixels, the limit is " + limits.pixels(),
                    "Raise --max-pixels if the file is trusted");
        }
        long needed = width * height * bytesPerPixel * COPIES;
        long available = Runtime.getRuntime().maxMemory();
        if (needed > available || width * height * bytesPerPixel > LONGEST_ARRAY) {
            throw PatchlensException.badData(
                    name,
                    width + " x " + height + " pixels need " + (needed >> 20) + " MiB of memory, the JVM has "
                            + (available >> 20),
                    "Give the JVM more memory (-Xmx), or shrink the image");
        }
    }

    /// Refuses a number of frames.
    void checkFrames(int frames) {
        if (frames > limits.frames()) {
            throw PatchlensException.badData(
                    name,
                    "it holds more than " + limits.frames() + " frames, which is the limit",
                    "Raise --max-frames if the file is trusted");
        }
    }

    /// Refuses an animation whose frames together have more pixels than anybody looks at.
    void checkAnimation(long width, long height, int frames) {
        checkSize(width, height, CANVAS_BYTES);
        if (width * height * frames / ANIMATION > limits.pixels()) {
            throw PatchlensException.badData(
                    name,
                    "it has " + frames + " frames of " + width + " x " + height
                            + " pixels, the limit for all together is " + ANIMATION + " times " + limits.pixels()
                            + " pixels",
                    "Raise --max-pixels if the file is trusted, or read the first frame alone (--frames first)");
        }
    }

    /// Whether the bytes at a place are these ASCII characters.
    boolean has(int at, String characters) {
        return has(bytes, at, characters);
    }

    /// Whether bytes at a place are these Latin-1 characters.
    static boolean has(byte[] bytes, int at, String characters) {
        if (at < 0 || at + characters.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < characters.length(); i++) {
            if ((bytes[at + i] & 0xff) != characters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The unsigned byte at a place.
    int u8(int at) {
        if (at < 0 || at >= bytes.length) {
            throw damaged("the file ends at byte " + bytes.length + ", in the middle of its header");
        }
        return bytes[at] & 0xff;
    }

    /// The unsigned 16-bit number at a place, high byte first.
    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    /// The unsigned 16-bit number at a place, low byte first.
    int u16Little(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    /// The unsigned 24-bit number at a place, low byte first.
    int u24Little(int at) {
        return u16Little(at) | u8(at + 2) << 16;
    }

    /// The unsigned 32-bit number at a place, high byte first.
    long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /// The unsigned 32-bit number at a place, low byte first.
    long u32Little(int at) {
        return u16Little(at) | (long) u16Little(at + 2) << 16;
    }
}
