package org.patchlens.preprocess;

import java.util.Arrays;

/// Resizes images of bytes in fixed-point arithmetic: along rows, rounded to bytes, then along columns, rounded
/// again. Pillow takes the columns first where that is less work.
///
/// Only what the crop keeps is computed. Padding stays 0.
final class ResizeBytes {
    private static final int PILLOW_BITS = 22;
    private static final int GREY_ROWS = 4;

    private final Geometry geometry;
    private final int channels;
    private final Geometry.Span rows;
    private final Geometry.Span columns;

    private ResizeBytes(Geometry geometry, int channels) {
        this.geometry = geometry;
        this.channels = channels;
        this.rows = geometry.rows();
        this.columns = geometry.columns();
    }

    /// Resizes and crops.
    ///
    /// @param source `byte[height][width][channels]`, unsigned, of the geometry's source size
    /// @return `byte[height][width][channels]` of the geometry's input size
    static byte[] resize(byte[] source, int channels, Geometry geometry, ResampleFilter filter, Backend backend) {
        if (backend.columnsFirst(geometry) && filter != ResampleFilter.NEAREST) {
            byte[] turned = transposed(source, geometry.source(), channels);
            byte[] result = rowsFirst(turned, channels, geometry.transposed(), filter, backend);
            return transposed(result, geometry.input().transposed(), channels);
        }
        return rowsFirst(source, channels, geometry, filter, backend);
    }

    private static byte[] transposed(byte[] image, Size size, int channels) {
        byte[] turned = new byte[image.length];
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                int from = (y * size.width() + x) * channels;
                System.arraycopy(image, from, turned, (x * size.height() + y) * channels, channels);
            }
        }
        return turned;
    }

    private static byte[] rowsFirst(
            byte[] source, int channels, Geometry geometry, ResampleFilter filter, Backend backend) {
        ResizeBytes resize = new ResizeBytes(geometry, channels);
        byte[] target = new byte[geometry.input().height() * geometry.input().width() * channels];
        if (resize.rows.length() == 0 || resize.columns.length() == 0) {
            return target;
        }
        if (filter == ResampleFilter.NEAREST) {
            resize.nearest(source, target, backend);
        } else {
            resize.weighted(source, target, filter, backend);
        }
        return target;
    }

    private void nearest(byte[] source, byte[] target, Backend backend) {
        int[] x = NearestPixels.of(
                backend, geometry.source().width(), geometry.resized().width());
        int[] y = NearestPixels.of(
                backend, geometry.source().height(), geometry.resized().height());
        for (int row = 0; row < rows.length(); row++) {
            int from = y[rows.resized() + row] * geometry.source().width();
            int to = targetOffset(row);
            for (int column = 0; column < columns.length(); column++) {
                int pixel = (from + x[columns.resized() + column]) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    target[to++] = source[pixel + channel];
                }
            }
        }
    }

    private void weighted(byte[] source, byte[] target, ResampleFilter filter, Backend backend) {
        AxisWeights vertical = AxisWeights.of(
                filter, geometry.source().height(), geometry.resized().height());
        int firstRow = vertical.start(rows.resized());
        int endRow = vertical.end(rows.resized() + rows.length() - 1);
        byte[] middle = shrinkRows(source, firstRow, endRow, filter, backend);
        shrinkColumns(middle, firstRow, target, vertical, backend);
    }

    /// Resamples the source rows that are needed along x.
    ///
    /// @return `byte[endRow - firstRow][columns][channels]`
    private byte[] shrinkRows(byte[] source, int firstRow, int endRow, ResampleFilter filter, Backend backend) {
        int stride = columns.length() * channels;
        byte[] middle = new byte[Math.multiplyExact(endRow - firstRow, stride)];
        int sourceStride = geometry.source().width() * channels;
        if (geometry.source().width() == geometry.resized().width()) {
            for (int row = firstRow; row < endRow; row++) {
                int from = row * sourceStride + columns.resized() * channels;
                System.arraycopy(source, from, middle, (row - firstRow) * stride, stride);
            }
            return middle;
        }
        AxisWeights axis = AxisWeights.of(
                filter, geometry.source().width(), geometry.resized().width());
        int bits = bits(axis, backend);
        int[] weights = axis.fixedPoint(bits);
        int row = firstRow;
        for (; channels == 1 && row + GREY_ROWS <= endRow; row += GREY_ROWS) {
            greyRows(source, row * sourceStride, middle, (row - firstRow) * stride, axis, weights, bits);
        }
        for (; row < endRow; row++) {
            int to = (row - firstRow) * stride;
            if (channels == 1) {
                greyRow(source, row * sourceStride, middle, to, axis, weights, bits);
            } else {
                colourRow(source, row * sourceStride, middle, to, axis, weights, bits);
            }
        }
        return middle;
    }

    /// Four rows at once: each weight is fetched once for all of them. As four calls of [#greyRow].
    private void greyRows(byte[] source, int from, byte[] target, int to, AxisWeights axis, int[] weights, int bits) {
        int width = geometry.source().width();
        int stride = columns.length();
        int taps = axis.taps();
        int half = 1 << (bits - 1);
        for (int column = 0; column < stride; column++) {
            int output = columns.resized() + column;
            int pixel = from + axis.start(output);
            int at = output * taps;
            int end = at + axis.count(output);
            int first = half;
            int second = half;
            int third = half;
            int fourth = half;
            for (; at < end; at++, pixel++) {
                int weight = weights[at];
                first += weight * (source[pixel] & 0xff);
                second += weight * (source[pixel + width] & 0xff);
                third += weight * (source[pixel + 2 * width] & 0xff);
                fourth += weight * (source[pixel + 3 * width] & 0xff);
            }
            target[to + column] = clamped(first >> bits);
            target[to + stride + column] = clamped(second >> bits);
            target[to + 2 * stride + column] = clamped(third >> bits);
            target[to + 3 * stride + column] = clamped(fourth >> bits);
        }
    }

    private void greyRow(byte[] source, int from, byte[] target, int to, AxisWeights axis, int[] weights, int bits) {
        int taps = axis.taps();
        int half = 1 << (bits - 1);
        for (int column = 0; column < columns.length(); column++) {
            int output = columns.resized() + column;
            int pixel = from + axis.start(output);
            int at = output * taps;
            int end = at + axis.count(output);
            int sum = half;
            while (at < end) {
                sum += weights[at++] * (source[pixel++] & 0xff);
            }
            target[to + column] = clamped(sum >> bits);
        }
    }

    private void colourRow(byte[] source, int from, byte[] target, int to, AxisWeights axis, int[] weights, int bits) {
        int taps = axis.taps();
        int half = 1 << (bits - 1);
        for (int column = 0; column < columns.length(); column++) {
            int output = columns.resized() + column;
            int pixel = from + axis.start(output) * 3;
            int at = output * taps;
            int end = at + axis.count(output);
            int red = half;
            int green = half;
            int blue = half;
            for (; at < end; at++, pixel += 3) {
                int weight = weights[at];
                red += weight * (source[pixel] & 0xff);
                green += weight * (source[pixel + 1] & 0xff);
                blue += weight * (source[pixel + 2] & 0xff);
            }
            target[to + column * 3] = clamped(red >> bits);
            target[to + column * 3 + 1] = clamped(green >> bits);
            target[to + column * 3 + 2] = clamped(blue >> bits);
        }
    }

    /// Resamples along y, whole rows at a time.
    private void shrinkColumns(byte[] middle, int firstRow, byte[] target, AxisWeights axis, Backend backend) {
        int stride = columns.length() * channels;
        int bits = bits(axis, backend);
        int[] weights = axis.fixedPoint(bits);
        int[] sums = new int[stride];
        for (int row = 0; row < rows.length(); row++) {
            int output = rows.resized() + row;
            Arrays.fill(sums, 1 << (bits - 1));
            for (int tap = 0; tap < axis.count(output); tap++) {
                add(sums, middle, (axis.start(output) + tap - firstRow) * stride, weights[output * axis.taps() + tap]);
            }
            int to = targetOffset(row);
            for (int i = 0; i < stride; i++) {
                target[to + i] = clamped(sums[i] >> bits);
            }
        }
    }

    private static void add(int[] sums, byte[] row, int from, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * (row[from + i] & 0xff);
        }
    }

    private int targetOffset(int row) {
        return ((rows.input() + row) * geometry.input().width() + columns.input()) * channels;
    }

    private static byte clamped(int value) {
        return (byte) Math.min(255, Math.max(0, value));
    }

    /// How many bits of a weight stand after the point.
    private static int bits(AxisWeights axis, Backend backend) {
        return switch (backend) {
            case PILLOW, PILLOW_CROPPED_BY_TORCHVISION -> PILLOW_BITS;
            case TORCHVISION -> bitsOfSixteen(axis.largest());
            case TORCHVISION_FLOAT -> throw new IllegalStateException("floats are not resized as bytes");
        };
    }

    /// As many as let the largest weight still fit a signed number of 16 bits.
    private static int bitsOfSixteen(double largest) {
        int bits = 0;
        while (bits < PILLOW_BITS && (int) (0.5 + largest * (1 << (bits + 1))) < 1 << 15) {
            bits++;
        }
        return bits;
    }
}
