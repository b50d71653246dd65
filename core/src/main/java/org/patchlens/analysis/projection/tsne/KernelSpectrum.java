package org.patchlens.analysis.projection.tsne;

import java.util.stream.IntStream;
import org.patchlens.tensor.FourierPanel;
import org.patchlens.tensor.FourierTransform;
import org.patchlens.tensor.TaskPool;

/// The Fourier transform of the kernel 1 / (1 + r^2) on a periodic grid, divided by that of the splines which
/// spread and read, so that the potential is interpolated, and by the number of grid points.
///
/// It is real, and even along each axis: frequencies above half the length are those mirrored.
///
/// @param values by the frequency of the slow axis (three axes only), of the fast axis, of the middle axis
/// @param planeSize the distance of two frequencies of the slow axis in `values`
/// @param rowSize the distance of two frequencies of the fast axis in `values`
@SuppressWarnings("ArrayRecordComponent") // a table, never compared
record KernelSpectrum(float[] values, int planeSize, int rowSize) {

    /// @param axes 2 or 3
    /// @param spacing of the grid
    /// @param shift subtracted from the kernel; 1 for points so near to each other that it hardly differs from 1,
    ///     whose differences would be lost in rounding
    static KernelSpectrum of(int axes, FourierTransform transform, double spacing, double shift, TaskPool pool) {
        int half = transform.length() / 2 + 1;
        float[] corner = samples(axes, half, spacing, shift);
        for (int axis = 0; axis < axes; axis++) {
            corner = transformSlowAxis(corner, half, transform, pool);
        }
        divideBySplines(corner, half, axes, transform.length());
        return axes == 2 ? planar(corner, half) : spatial(corner, half, transform.length());
    }

    private static float[] samples(int axes, int half, double spacing, double shift) {
        float[] corner = new float[(int) Math.pow(half, axes)];
        for (int i = 0; i < corner.length; i++) {
            double square = 0;
            for (int rest = i, axis = 0; axis < axes; axis++, rest /= half) {
                square += (double) (rest % half) * (rest % half) * spacing * spacing;
            }
            corner[i] = (float) (shift == 0 ? 1 / (1 + square) : (1 - shift - shift * square) / (1 + square));
        }
        return corner;
    }

    /// Transforms along the slow axis, which becomes the fast one. A column that is real and even stays so: two of
    /// them are one complex column.
    private static float[] transformSlowAxis(float[] corner, int half, FourierTransform transform, TaskPool pool) {
        int columns = corner.length / half;
        int length = transform.length();
        int perPanel = 2 * FourierPanel.WIDTH;
        float[] out = new float[corner.length];
        pool.forEach(Math.ceilDiv(columns, perPanel), task -> {
            FourierPanel panel = new FourierPanel(length);
            int first = task * perPanel;
            int count = Math.min(perPanel, columns - first);
            for (int k = 0; k < length; k++) {
                int source = Math.min(k, length - k) * columns + first;
                for (int c = 0; c < count; c++) {
                    float[] part = c % 2 == 0 ? panel.real() : panel.imaginary();
                    part[k * FourierPanel.WIDTH + c / 2] = corner[source + c];
                }
            }
            transform.forward(panel);
            for (int c = 0; c < count; c++) {
                float[] part = c % 2 == 0 ? panel.real() : panel.imaginary();
                for (int k = 0; k < half; k++) {
                    out[(first + c) * half + k] = part[k * FourierPanel.WIDTH + c / 2];
                }
            }
        });
        return out;
    }

    private static void divideBySplines(float[] corner, int half, int axes, int length) {
        double[] symbols = IntStream.range(0, half)
                .mapToDouble(k -> CubicSpline.symbol(2 * Math.PI * k / length))
                .toArray();
        for (int i = 0; i < corner.length; i++) {
            double divisor = 1;
            for (int rest = i, axis = 0; axis < axes; axis++, rest /= half) {
                divisor *= symbols[rest % half] * symbols[rest % half] * length;
            }
            corner[i] = (float) (corner[i] / divisor);
        }
    }

    private static KernelSpectrum planar(float[] corner, int half) {
        return new KernelSpectrum(corner, 0, half);
    }

    /// The middle axis is written out in full, since its frequencies are read side by side.
    private static KernelSpectrum spatial(float[] corner, int half, int length) {
        float[] full = new float[half * half * length];
        for (int row = 0; row < half * half; row++) {
            for (int k = 0; k < length; k++) {
                full[row * length + k] = corner[row * half + Math.min(k, length - k)];
            }
        }
        return new KernelSpectrum(full, half * length, length);
    }
}
