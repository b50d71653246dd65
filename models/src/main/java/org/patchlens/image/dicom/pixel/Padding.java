package org.patchlens.image.dicom.pixel;

import java.util.OptionalDouble;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.Tag;

/// The stored numbers that stand for "no pixel here" (PS3.3 C.7.5.1.1.2); none if `low` is above `high`.
///
/// @param low the smallest
/// @param high the largest
record Padding(double low, double high) {
    private static final Padding NONE = new Padding(1, 0);

    static Padding of(DataSet header, PixelLayout layout) {
        return switch (layout.kind()) {
            case INTEGER ->
                of(
                        integer(header, Tag.PIXEL_PADDING_VALUE, layout),
                        integer(header, Tag.PIXEL_PADDING_RANGE_LIMIT, layout));
            case FLOAT ->
                of(
                        header.binaryReal(Tag.FLOAT_PIXEL_PADDING_VALUE),
                        header.binaryReal(Tag.FLOAT_PIXEL_PADDING_RANGE_LIMIT));
            case DOUBLE ->
                of(
                        header.binaryReal(Tag.DOUBLE_PIXEL_PADDING_VALUE),
                        header.binaryReal(Tag.DOUBLE_PIXEL_PADDING_RANGE_LIMIT));
        };
    }

    private static Padding of(OptionalDouble value, OptionalDouble limit) {
        if (value.isEmpty()) {
            return NONE;
        }
        double other = limit.orElse(value.getAsDouble());
        return new Padding(Math.min(value.getAsDouble(), other), Math.max(value.getAsDouble(), other));
    }

    private static OptionalDouble integer(DataSet header, int tag, PixelLayout layout) {
        int[] values = header.shorts(tag);
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(layout.signed() ? (short) values[0] : values[0]);
    }

    boolean covers(double stored) {
        return stored >= low && stored <= high;
    }
}
