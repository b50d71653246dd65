package org.patchlens.image.dicom.pixel;

import java.util.OptionalInt;
import org.patchlens.image.PixelImage;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.Tag;

/// Colour frames: three samples per pixel, or one that is looked up in a palette.
public final class ColorImage {
    private ColorImage() {}

    /// Makes the image of a frame whose samples are red, green, blue.
    public static PixelImage ofRgb(StoredPixels stored, PixelLayout layout) {
        int width = layout.shape().columns();
        int height = layout.shape().rows();
        int count = stored.count();
        float white = (float) layout.largest();
        if (!layout.signed() && layout.bitsStored() <= 8) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) stored.value(i);
            }
            return PixelImage.ofBytes(width, height, 3, bytes).shownBetween(0, white);
        }
        if (!layout.signed() && layout.bitsStored() <= 16) {
            short[] shorts = new short[count];
            for (int i = 0; i < count; i++) {
                shorts[i] = (short) stored.value(i);
            }
            return PixelImage.ofShorts(width, height, 3, shorts).shownBetween(0, white);
        }
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) stored.value(i);
        }
        return PixelImage.ofFloats(width, height, 3, floats, 0, white);
    }

    /// Makes the image of a frame of palette indices: 8 or 16 bits per colour, as the palette has.
    public static PixelImage ofPalette(StoredPixels stored, PixelLayout layout, DataSet header, String subject) {
        LookupTable[] palette = {
            table(
                    header,
                    Tag.RED_PALETTE_DESCRIPTOR,
                    Tag.RED_PALETTE_DATA,
                    Tag.SEGMENTED_RED_PALETTE_DATA,
                    layout,
                    subject),
            table(
                    header,
                    Tag.GREEN_PALETTE_DESCRIPTOR,
                    Tag.GREEN_PALETTE_DATA,
                    Tag.SEGMENTED_GREEN_PALETTE_DATA,
                    layout,
                    subject),
            table(
                    header,
                    Tag.BLUE_PALETTE_DESCRIPTOR,
                    Tag.BLUE_PALETTE_DATA,
                    Tag.SEGMENTED_BLUE_PALETTE_DATA,
                    layout,
                    subject)
        };
        int width = layout.shape().columns();
        int height = layout.shape().rows();
        int pixels = stored.count();
        if (palette[0].bits() <= 8) {
            byte[] bytes = new byte[3 * pixels];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) palette[i % 3].map(stored.value(i / 3));
            }
            return PixelImage.ofBytes(width, height, 3, bytes);
        }
        short[] shorts = new short[3 * pixels];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) palette[i % 3].map(stored.value(i / 3));
        }
        return PixelImage.ofShorts(width, height, 3, shorts);
    }

    private static LookupTable table(
            DataSet header, int descriptor, int data, int segments, PixelLayout layout, String subject) {
        LookupTable.Place place = new LookupTable.Place(descriptor, data, OptionalInt.of(segments));
        return LookupTable.of(header, place, layout.signed(), subject);
    }
}
