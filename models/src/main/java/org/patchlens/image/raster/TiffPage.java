package org.patchlens.image.raster;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;
import org.patchlens.image.PixelImage;

/// One page of a TIFF file: how its samples are stored and what they mean.
///
/// @param width in pixels
/// @param height in pixels
/// @param bits per sample, the same for all samples of a pixel
/// @param samples per pixel
/// @param format of the samples: 1 unsigned, 2 signed, 3 floating point
/// @param photometric what the samples mean: 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK, 6 YCbCr,
///     8 Lab
/// @param premultiplied whether colours were multiplied by alpha
/// @param orientation how the page is turned
/// @param tags all of them
record TiffPage(
        long width,
        long height,
        int bits,
        int samples,
        int format,
        int photometric,
        boolean premultiplied,
        Orientation orientation,
        TiffDirectory tags) {
    private static final int WHITE_IS_ZERO = 0;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;
    private static final int LAB = 8;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int FLOATING = 3;
    private static final int SIGNED = 2;
    private static final int ASSOCIATED_ALPHA = 1;

    static TiffPage of(Source source, TiffDirectory tags) {
        long[] bits = tags.numbers(258);
        for (long other : bits) {
            if (other != bits[0]) {
                throw source.unsupported("its channels have different depths, " + Arrays.toString(bits) + " bits");
            }
        }
        long samples = tags.number(277, 1);
        if (samples < 1 || samples > 32) {
            throw source.damaged("it has " + samples + " samples per pixel");
        }
        return new TiffPage(
                tags.number(256, 0),
                tags.number(257, 0),
                bits.length == 0 ? 1 : Math.clamp(bits[0], 0, 1000),
                (int) samples,
                (int) tags.number(339, 1),
                (int) tags.number(262, 1),
                tags.number(338, 0) == ASSOCIATED_ALPHA,
                Orientation.ofTag(tags.number(274, 1)),
                tags);
    }

    private boolean isLab() {
        return photometric == LAB;
    }

    /// Whether the decoder's own colours are taken: it converts CIELab and YCbCr only on this way. YCbCr in JPEG
    /// (old and new style) it always converts.
    boolean needsColourModel() {
        long compression = tags.number(259, 1);
        return isLab() || (photometric == YCBCR && compression != OLD_JPEG && compression != JPEG);
    }

    /// Refuses sizes beyond the limits, depths that are not read, and pixels that lie outside the file.
    void check(Source source) {
        if (bits < 1 || bits > 64 || (format != FLOATING && bits > 32)) {
            throw source.unsupported("it has " + bits + " bits per sample");
        }
        if (needsColourModel() && bits != 8) {
            throw source.unsupported("it is CIELab or YCbCr with " + bits + " bits per sample, expected 8");
        }
        source.checkSize(width, height, Math.max(1, samples * bits / 8));
        boolean tiled = tags.numbers(324).length > 0;
        long[] offsets = tags.numbers(tiled ? 324 : 273);
        long[] lengths = tags.numbers(tiled ? 325 : 279);
        if (offsets.length == 0) {
            throw source.damaged("it does not say where its pixels lie");
        }
        if (tiled) {
            source.checkSize(tags.number(322, 0), tags.number(323, 0), Math.max(1, samples * bits / 8));
        }
        for (int i = 0; i < offsets.length; i++) {
            long length = i < lengths.length ? lengths[i] : 1;
            if (offsets[i] < 0 || length < 0 || offsets[i] > source.bytes().length - length) {
                throw source.damaged("it is truncated: its pixels lie at bytes " + offsets[i] + " to "
                        + (offsets[i] + length) + ", the file has " + source.bytes().length);
            }
        }
    }

    /// Gives raw samples their meaning.
    PixelImage toPixels(Source source, Raster raster) {
        if (photometric == PALETTE) {
            return Samples.ofPalette(raster, palette(source));
        }
        int stored = raster.getNumBands();
        int channels = stored < 3 ? 1 : 3;
        boolean floating = format == FLOATING
                || raster.getTransferType() == DataBuffer.TYPE_FLOAT
                || raster.getTransferType() == DataBuffer.TYPE_DOUBLE;
        if (floating || format == SIGNED || bits > 16) {
            return wide(raster, channels, floating);
        }
        if (photometric == CMYK && stored >= 4) {
            return cmyk(raster);
        }
        return bits <= 8 ? narrow(raster, channels) : sixteen(raster, channels);
    }

    private int[] palette(Source source) {
        long[] map = tags.numbers(320);
        int size = map.length / 3;
        if (size == 0) {
            throw source.damaged("it has a palette of no colours");
        }
        int[] colours = new int[size];
        for (int i = 0; i < size; i++) {
            colours[i] = (int) (map[i] >> 8 << 16 | map[size + i] >> 8 << 8 | map[2 * size + i] >> 8);
        }
        return colours;
    }

    private static PixelImage cmykBytes(Raster raster) {
        return PixelImage.ofBytes(
                raster.getWidth(), raster.getHeight(), 3, Colours.cmykToRgb(Samples.bytes(raster, 4)));
    }

    private PixelImage cmyk(Raster raster) {
        return bits <= 8
                ? cmykBytes(raster)
                : PixelImage.ofShorts(
                        raster.getWidth(), raster.getHeight(), 3, Colours.cmykToRgb(Samples.shorts(raster, 4)));
    }

    /// Up to 8 bits, stretched to 8.
    private PixelImage narrow(Raster raster, int channels) {
        byte[] bytes = Samples.bytes(raster, channels);
        int most = (1 << bits) - 1;
        if (bits < 8 || photometric == WHITE_IS_ZERO) {
            for (int i = 0; i < bytes.length; i++) {
                int value = (bytes[i] & most) * 255 / most;
                bytes[i] = (byte) (photometric == WHITE_IS_ZERO ? 255 - value : value);
            }
        }
        if (premultiplied && raster.getNumBands() == channels + 1) {
            byte[] all = Samples.bytes(raster, channels + 1);
            for (int i = 0; i < bytes.length; i++) {
                int alpha = all[i / channels * (channels + 1) + channels] & 0xff;
                bytes[i] = (byte) unmultiplied(bytes[i] & 0xff, alpha, 255);
            }
        }
        return PixelImage.ofBytes(raster.getWidth(), raster.getHeight(), channels, bytes);
    }

    /// 9 to 16 bits, as they are; white is the largest number of these bits.
    private PixelImage sixteen(Raster raster, int channels) {
        short[] shorts = Samples.shorts(raster, channels);
        int most = (1 << bits) - 1;
        if (photometric == WHITE_IS_ZERO) {
            for (int i = 0; i < shorts.length; i++) {
                shorts[i] = (short) (most - (shorts[i] & 0xffff));
            }
        }
        if (premultiplied && raster.getNumBands() == channels + 1) {
            short[] all = Samples.shorts(raster, channels + 1);
            for (int i = 0; i < shorts.length; i++) {
                int alpha = all[i / channels * (channels + 1) + channels] & 0xffff;
                shorts[i] = (short) unmultiplied(shorts[i] & 0xffff, alpha, most);
            }
        }
        return PixelImage.ofShorts(raster.getWidth(), raster.getHeight(), channels, shorts)
                .shownBetween(0, most);
    }

    private static long unmultiplied(int value, int alpha, int most) {
        return alpha == 0 ? value : Math.min(most, (long) value * most / alpha);
    }

    /// Signed numbers, more than 16 bits and floats become floats, shown between their smallest and largest finite
    /// value.
    private PixelImage wide(Raster raster, int channels, boolean floating) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        float[] values = new float[width * raster.getHeight() * channels];
        double[] row = new double[width * bands];
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int i = 0; i < row.length; i++) {
                if (i % bands < channels) {
                    float value = (float) (floating ? row[i] : integer((long) row[i]));
                    values[to++] = value;
                    least = Float.isFinite(value) ? Math.min(least, value) : least;
                    most = Float.isFinite(value) ? Math.max(most, value) : most;
                }
            }
        }
        float black = least <= most ? least : 0;
        float white = most > black ? most : black + Math.max(1, Math.ulp(black));
        return photometric == WHITE_IS_ZERO
                ? PixelImage.ofFloats(width, raster.getHeight(), channels, values, white, black)
                : PixelImage.ofFloats(width, raster.getHeight(), channels, values, black, white);
    }

    /// Undoes the sign that the raster's type gave or took.
    private long integer(long sample) {
        long unsigned = sample & ((1L << bits) - 1);
        return format == SIGNED ? unsigned << (64 - bits) >> (64 - bits) : unsigned;
    }
}
