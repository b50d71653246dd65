package org.patchlens.image.dicom.pixel;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.patchlens.image.PixelImage;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// Grey frames: the modality transform is applied, the window is not.
///
/// Bytes and 16-bit numbers stay what they are where the transform keeps unsigned whole numbers, everything else
/// becomes a 32-bit float: exact for whole numbers up to 16,777,216, rounded to 24 significant bits above.
public final class GreyImage {
    private GreyImage() {}

    /// Makes the image of a frame.
    public static PixelImage of(StoredPixels stored, PixelLayout layout, FrameHeader header, String subject) {
        ModalityTransform transform = ModalityTransform.of(header, layout.signed(), subject);
        PixelImage image = pixels(stored, layout, transform);
        DisplayRange range = range(stored, image, layout, header, subject);
        DisplayRange shown = layout.photometric() == Photometric.MONOCHROME1 ? range.inverted() : range;
        return image.shownBetween(shown.black(), shown.white());
    }

    private static PixelImage pixels(StoredPixels stored, PixelLayout layout, ModalityTransform transform) {
        int width = layout.shape().columns();
        int height = layout.shape().rows();
        int bits = wholeBits(stored, layout, transform);
        int count = stored.count();
        if (bits <= 8) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) transform.apply(stored.value(i));
            }
            return PixelImage.ofBytes(width, height, 1, bytes);
        }
        if (bits <= 16) {
            short[] shorts = new short[count];
            for (int i = 0; i < count; i++) {
                shorts[i] = (short) transform.apply(stored.value(i));
            }
            return PixelImage.ofShorts(width, height, 1, shorts);
        }
        return PixelImage.ofFloats(width, height, 1, floats(stored, transform), 0, 1);
    }

    /// How many bits hold every value as an unsigned whole number; more than 16 if none do.
    private static int wholeBits(StoredPixels stored, PixelLayout layout, ModalityTransform transform) {
        return switch (transform) {
            case ModalityTransform.Identity identity ->
                stored instanceof StoredPixels.Integers && !layout.signed() ? layout.bitsStored() : 32;
            case ModalityTransform.Rescale rescale -> 32;
            case ModalityTransform.Table table -> table.table().bits();
        };
    }

    private static float[] floats(StoredPixels stored, ModalityTransform transform) {
        float[] values = new float[stored.count()];
        if (stored instanceof StoredPixels.Integers integers
                && !integers.unsigned32()
                && transform instanceof ModalityTransform.Rescale(double slope, double intercept)) {
            int[] whole = integers.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (whole[i] * slope + intercept);
            }
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) transform.apply(stored.value(i));
        }
        return values;
    }

    /// The first window, else the range of the VOI table, else percentiles of what is not padding.
    private static DisplayRange range(
            StoredPixels stored, PixelImage image, PixelLayout layout, FrameHeader header, String subject) {
        List<Window> windows = Window.of(header);
        if (!windows.isEmpty()) {
            return windows.getFirst().range();
        }
        List<DataSet> tables =
                header.holding(Tag.FRAME_VOI_LUT_SEQUENCE, Tag.VOI_LUT_SEQUENCE).items(Tag.VOI_LUT_SEQUENCE);
        if (!tables.isEmpty()) {
            LookupTable.Place place = new LookupTable.Place(Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, OptionalInt.empty());
            boolean signed = image.depth() == PixelImage.Depth.F32;
            return LookupTable.of(tables.getFirst(), place, signed, subject).rising();
        }
        if (layout.bitsAllocated() == 1) {
            return new DisplayRange(0, 1);
        }
        return DisplayRange.ofPercentiles(shown(stored, image, Padding.of(header.file(), layout)));
    }

    /// The finite values that are not padding; all finite ones if everything is.
    private static float[] shown(StoredPixels stored, PixelImage image, Padding padding) {
        float[] values = new float[stored.count()];
        int kept = 0;
        for (int i = 0; i < values.length; i++) {
            float value = value(image, i);
            if (Float.isFinite(value) && !padding.covers(stored.value(i))) {
                values[kept++] = value;
            }
        }
        for (int i = 0; kept == 0 && i < values.length; i++) {
            values[i] = Float.isFinite(value(image, i)) ? value(image, i) : 0;
        }
        return kept == 0 || kept == values.length ? values : Arrays.copyOf(values, kept);
    }

    private static float value(PixelImage image, int index) {
        return switch (image.depth()) {
            case U8 -> Byte.toUnsignedInt(image.bytes()[index]);
            case U16 -> Short.toUnsignedInt(image.shorts()[index]);
            case F32 -> image.floats()[index];
        };
    }
}
