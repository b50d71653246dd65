package org.patchlens.image.raster;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.image.PixelImage;

/// How a stored image must be turned to stand upright: TIFF tag 274, which EXIF and XMP use too.
///
/// @param tag 1 to 8; 1 is upright
record Orientation(int tag) {
    static final Orientation UPRIGHT = new Orientation(1);

    private static final int TAG = 274;
    private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([1-8])");

    /// What a tag says; a number that means nothing is upright.
    static Orientation ofTag(long tag) {
        return tag >= 1 && tag <= 8 ? new Orientation((int) tag) : UPRIGHT;
    }

    /// What an EXIF block says; one that is damaged says nothing.
    ///
    /// @param exif a TIFF structure
    static Orientation ofExif(byte[] exif) {
        return TiffDirectory.first(exif)
                .map(directory -> ofTag(directory.number(TAG, 1)))
                .orElse(UPRIGHT);
    }

    /// What an XMP packet says.
    static Orientation ofXmp(byte[] packet) {
        Matcher matcher = XMP.matcher(new String(packet, StandardCharsets.ISO_8859_1));
        return matcher.find() ? ofTag(Long.parseLong(matcher.group(1))) : UPRIGHT;
    }

    /// The image, upright.
    PixelImage apply(PixelImage image) {
        if (tag == 1) {
            return image;
        }
        int width = tag >= 5 ? image.height() : image.width();
        int height = tag >= 5 ? image.width() : image.height();
        PixelImage turned = switch (image.depth()) {
            case U8 -> PixelImage.ofBytes(width, height, image.channels(), bytes(image, width, height));
            case U16 -> PixelImage.ofShorts(width, height, image.channels(), shorts(image, width, height));
            case F32 -> PixelImage.ofFloats(width, height, image.channels(), floats(image, width, height), 0, 1);
        };
        return turned.shownBy(image.display());
    }

    /// Where in the stored image an upright pixel lies, counted in pixels.
    private int stored(PixelImage image, int x, int y) {
        int right = image.width() - 1;
        int bottom = image.height() - 1;
        return switch (tag) {
            case 2 -> y * image.width() + right - x;
            case 3 -> (bottom - y) * image.width() + right - x;
            case 4 -> (bottom - y) * image.width() + x;
            case 5 -> x * image.width() + y;
            case 6 -> (bottom - x) * image.width() + y;
            case 7 -> (bottom - x) * image.width() + right - y;
            case 8 -> x * image.width() + right - y;
            default -> y * image.width() + x;
        };
    }

    private byte[] bytes(PixelImage image, int width, int height) {
        byte[] from = image.bytes();
        byte[] to = new byte[from.length];
        int channels = image.channels();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(from, stored(image, x, y) * channels, to, (y * width + x) * channels, channels);
            }
        }
        return to;
    }

    private short[] shorts(PixelImage image, int width, int height) {
        short[] from = image.shorts();
        short[] to = new short[from.length];
        int channels = image.channels();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(from, stored(image, x, y) * channels, to, (y * width + x) * channels, channels);
            }
        }
        return to;
    }

    private float[] floats(PixelImage image, int width, int height) {
        float[] from = image.floats();
        float[] to = new float[from.length];
        int channels = image.channels();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(from, stored(image, x, y) * channels, to, (y * width + x) * channels, channels);
            }
        }
        return to;
    }
}
