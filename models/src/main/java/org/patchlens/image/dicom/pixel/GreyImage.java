package org.patchlens.image.dicom.pixel;

import java.util.Arrays;
import org.patchlens.image.DisplayFunction;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.Percentiles;
import org.patchlens.image.PixelImage;
import org.patchlens.image.dicom.dataset.FrameHeader;

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
        DisplayFunction display = display(stored, image, layout, header, subject);
        return image.shownBy(layout.photometric() == Photometric.MONOCHROME1 ? display.inverted() : display);
    }

    private static PixelImage pixels(StoredPixels stored, PixelLayout layout, ModalityTransform transform) {
        int width = layout.shape().columns();
        int height = layout.shape().rows();
        int bits = wholeBits(stored, layout, transform);
        int count = stored.count();
        if (bits <= 8) {
            byte[] bytes = new byte[count];
            if (transform == ModalityTransform.Identity.IDENTITY && stored instanceof StoredPixels.Integers whole) {
                int[] values = whole.values();
                for (int i = 0; i < count; i++) {
                    bytes[i] = (byte) values[i];
                }
            } else {
                for (int i = 0; i < count; i++) {
                    bytes[i] = (byte) transform.apply(stored.value(i));
                }
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

    /// What the file asks for, else percentiles of what is not padding.
    private static DisplayFunction display(
            StoredPixels stored, PixelImage image, PixelLayout layout, FrameHeader header, String subject) {
        boolean signed = image.depth() == PixelImage.Depth.F32;
        return VoiTransform.of(header, signed, subject)
                .orElseGet(() -> layout.bitsAllocated() == 1
                        ? new DisplayRange(0, 1)
                        : DisplayRange.between(
                                Percentiles.of(shown(stored, image, Padding.of(header.file(), layout))),
                                DisplayRange.LOW_PERCENT,
                                DisplayRange.HIGH_PERCENT));
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
