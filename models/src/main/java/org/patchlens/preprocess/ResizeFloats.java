package org.patchlens.preprocess;

import org.patchlens.image.DisplayFunction;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.DisplayTable;
import org.patchlens.image.PixelImage;
import org.patchlens.image.SigmoidCurve;

/// Resizes images in single precision: rows first, then columns, never rounded to bytes. For 16-bit and
/// floating-point images, and for processors that rescale before they resize.
///
/// Values are on the scale of bytes, 0 (black) to 255 (white), with fractions. Only what the crop keeps is
/// computed; padding stays 0.
final class ResizeFloats {
    private static final float WHITE = 255;

    private final PixelImage image;
    private final Geometry geometry;
    private final int channels;
    private final Geometry.Span rows;
    private final Geometry.Span columns;

    private ResizeFloats(PixelImage image, Geometry geometry) {
        this.image = image;
        this.geometry = geometry;
        this.channels = image.channels();
        this.rows = geometry.rows();
        this.columns = geometry.columns();
    }

    /// Resizes and crops.
    ///
    /// @return `float[height][width][channels]` of the geometry's input size
    static float[] resize(PixelImage image, Geometry geometry, ResampleFilter filter, Backend backend) {
        ResizeFloats resize = new ResizeFloats(image, geometry);
        float[] target = new float[geometry.input().height() * geometry.input().width() * image.channels()];
        if (resize.rows.length() == 0 || resize.columns.length() == 0) {
            return target;
        }
        if (filter == ResampleFilter.NEAREST) {
            resize.nearest(target, backend);
        } else {
            resize.weighted(target, filter);
        }
        return target;
    }

    private void nearest(float[] target, Backend backend) {
        int[] x = NearestPixels.of(
                backend, geometry.source().width(), geometry.resized().width());
        int[] y = NearestPixels.of(
                backend, geometry.source().height(), geometry.resized().height());
        float[] line = new float[image.width() * channels];
        for (int row = 0; row < rows.length(); row++) {
            readRow(y[rows.resized() + row], line);
            int to = targetOffset(row);
            for (int column = 0; column < columns.length(); column++) {
                for (int channel = 0; channel < channels; channel++) {
                    target[to++] = line[x[columns.resized() + column] * channels + channel];
                }
            }
        }
    }

    private void weighted(float[] target, ResampleFilter filter) {
        AxisWeights vertical = AxisWeights.of(
                filter, geometry.source().height(), geometry.resized().height());
        AxisWeights horizontal = AxisWeights.of(
                filter, geometry.source().width(), geometry.resized().width());
        int firstRow = vertical.start(rows.resized());
        int endRow = vertical.end(rows.resized() + rows.length() - 1);
        float[] middle = shrinkRows(firstRow, endRow, horizontal);
        shrinkColumns(middle, firstRow, target, vertical);
    }

    private float[] shrinkRows(int firstRow, int endRow, AxisWeights axis) {
        int stride = columns.length() * channels;
        float[] middle = new float[Math.multiplyExact(endRow - firstRow, stride)];
        float[] weights = axis.floats();
        float[] line = new float[image.width() * channels];
        for (int row = firstRow; row < endRow; row++) {
            readRow(row, line);
            int to = (row - firstRow) * stride;
            for (int column = 0; column < columns.length(); column++) {
                int output = columns.resized() + column;
                for (int channel = 0; channel < channels; channel++) {
                    middle[to++] = weightedSum(line, axis.start(output) * channels + channel, axis, output, weights);
                }
            }
        }
        return middle;
    }

    private float weightedSum(float[] line, int from, AxisWeights axis, int output, float[] weights) {
        float sum = 0;
        int at = output * axis.taps();
        for (int tap = 0; tap < axis.count(output); tap++) {
            sum += weights[at + tap] * line[from + tap * channels];
        }
        return sum;
    }

    private void shrinkColumns(float[] middle, int firstRow, float[] target, AxisWeights axis) {
        int stride = columns.length() * channels;
        float[] weights = axis.floats();
        for (int row = 0; row < rows.length(); row++) {
            int output = rows.resized() + row;
            int to = targetOffset(row);
            for (int tap = 0; tap < axis.count(output); tap++) {
                float weight = weights[output * axis.taps() + tap];
                int from = (axis.start(output) + tap - firstRow) * stride;
                for (int i = 0; i < stride; i++) {
                    target[to + i] += weight * middle[from + i];
                }
            }
        }
    }

    /// One row of the image on the scale of bytes.
    private void readRow(int row, float[] line) {
        switch (image.display()) {
            case DisplayRange(float black, float white) -> readLinear(row, line, black, WHITE / (white - black));
            case SigmoidCurve curve -> readCurve(row, line, curve);
            case DisplayTable table -> readCurve(row, line, table);
        }
    }

    private void readCurve(int row, float[] line, DisplayFunction curve) {
        for (int i = 0; i < line.length; i++) {
            line[i] = WHITE * curve.shade(image.sample(i / channels, row, i % channels));
        }
    }

    private void readLinear(int row, float[] line, float black, float scale) {
        int from = row * line.length;
        switch (image.depth()) {
            case U8 -> {
                byte[] bytes = image.bytes();
                for (int i = 0; i < line.length; i++) {
                    line[i] = shown(bytes[from + i] & 0xff, black, scale);
                }
            }
            case U16 -> {
                short[] shorts = image.shorts();
                for (int i = 0; i < line.length; i++) {
                    line[i] = shown(shorts[from + i] & 0xffff, black, scale);
                }
            }
            case F32 -> {
                float[] floats = image.floats();
                for (int i = 0; i < line.length; i++) {
                    line[i] = shown(floats[from + i], black, scale);
                }
            }
        }
    }

    /// From black..white to 0..255; what is no number becomes black.
    private static float shown(float value, float black, float scale) {
        float onByteScale = (value - black) * scale;
        return onByteScale >= 0 ? Math.min(WHITE, onByteScale) : 0;
    }

    private int targetOffset(int row) {
        return ((rows.input() + row) * geometry.input().width() + columns.input()) * channels;
    }
}
