package org.patchlens.image.raster;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;
import org.patchlens.image.PixelImage;

/// From the rasters of ImageIO to plain arrays, without the colour conversions of ImageIO.
final class Samples {
    private Samples() {}

    /// An image of one or three channels; a palette is looked up, alpha is dropped.
    static PixelImage ofImage(BufferedImage image) {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            int[] colours = new int[palette.getMapSize()];
            palette.getRGBs(colours);
            return ofPalette(raster, colours);
        }
        int channels = raster.getNumBands() < 3 ? 1 : 3;
        if (raster.getSampleModel() instanceof SinglePixelPackedSampleModel packed) {
            return ofPacked(raster, packed);
        }
        if (raster.getTransferType() == DataBuffer.TYPE_USHORT) {
            return PixelImage.ofShorts(raster.getWidth(), raster.getHeight(), channels, shorts(raster, channels));
        }
        return PixelImage.ofBytes(raster.getWidth(), raster.getHeight(), channels, bytes(raster, channels));
    }

    /// The first bands as `byte[height][width][channels]`.
    static byte[] bytes(Raster raster, int channels) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getNumBanks() == 1) {
            byte[] data = buffer.getData();
            boolean asItIs = model.getPixelStride() == channels
                    && model.getScanlineStride() == width * channels
                    && data.length == width * height * channels
                    && isIdentity(model.getBandOffsets());
            return asItIs ? data : gather(data, model, width, height, channels);
        }
        byte[] result = new byte[width * height * channels];
        int bands = raster.getNumBands();
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    result[(y * width + x) * channels + channel] = (byte) row[x * bands + channel];
                }
            }
        }
        return result;
    }

    private static boolean isIdentity(int[] bandOffsets) {
        for (int band = 0; band < bandOffsets.length; band++) {
            if (bandOffsets[band] != band) {
                return false;
            }
        }
        return true;
    }

    private static byte[] gather(byte[] data, PixelInterleavedSampleModel model, int width, int height, int channels) {
        byte[] result = new byte[width * height * channels];
        int[] offsets = model.getBandOffsets();
        int to = 0;
        for (int y = 0; y < height; y++) {
            int from = y * model.getScanlineStride();
            for (int x = 0; x < width; x++, from += model.getPixelStride()) {
                for (int channel = 0; channel < channels; channel++) {
                    result[to++] = data[from + offsets[channel]];
                }
            }
        }
        return result;
    }

    /// The first bands as `short[height][width][channels]`.
    static short[] shorts(Raster raster, int channels) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        if (bands == channels
                && channels == 1
                && raster.getDataBuffer() instanceof DataBufferUShort buffer
                && buffer.getData().length == width * raster.getHeight()) {
            return buffer.getData();
        }
        short[] result = new short[width * raster.getHeight() * channels];
        int[] row = new int[width * bands];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    result[to++] = (short) row[x * bands + channel];
                }
            }
        }
        return result;
    }

    /// Looks up a palette; grey if all its colours are grey. An index beyond the palette is black.
    ///
    /// @param colours `0xRRGGBB` each; higher bits are ignored
    static PixelImage ofPalette(Raster raster, int[] colours) {
        int width = raster.getWidth();
        int channels = isGrey(colours) ? 1 : 3;
        byte[] result = new byte[width * raster.getHeight() * channels];
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                int colour = index < colours.length ? colours[index] : 0;
                if (channels == 3) {
                    result[to++] = (byte) (colour >> 16);
                    result[to++] = (byte) (colour >> 8);
                }
                result[to++] = (byte) colour;
            }
        }
        return PixelImage.ofBytes(width, raster.getHeight(), channels, result);
    }

    private static boolean isGrey(int[] colours) {
        for (int colour : colours) {
            if ((colour >> 16 & 0xff) != (colour & 0xff) || (colour >> 8 & 0xff) != (colour & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /// Several channels in one number, of up to 8 bits each; fewer bits are stretched to 8, rounding down as
    /// Pillow does.
    private static PixelImage ofPacked(Raster raster, SinglePixelPackedSampleModel model) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int channels = bands < 3 ? 1 : 3;
        byte[] result = new byte[width * raster.getHeight() * channels];
        int[] row = new int[width * bands];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int most = (1 << model.getSampleSize(channel)) - 1;
                    result[to++] = (byte) (row[x * bands + channel] * 255 / Math.max(1, most));
                }
            }
        }
        return PixelImage.ofBytes(width, raster.getHeight(), channels, result);
    }
}
