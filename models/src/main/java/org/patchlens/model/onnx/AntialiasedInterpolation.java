package org.patchlens.model.onnx;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;

/// Cubic convolution (Keys 1981) with antialiasing, as PyTorch's `interpolate(mode="bicubic", antialias=True,
/// size=...)` does it: a = -0.5; when an axis shrinks the kernel becomes as much wider; what lies outside the grid
/// has no weight, and weights add up to 1. First along rows, then along columns.
final class AntialiasedInterpolation {
    private static final double A = -0.5;
    private static final double RADIUS = 2;

    private AntialiasedInterpolation() {}

    /// Resizes a grid of vectors.
    ///
    /// @param vectors `float[H * W][D]`, row by row of `from`
    /// @return `float[H' * W'][D]`, row by row of `to`
    static FloatMatrix resize(FloatMatrix vectors, PatchGrid from, PatchGrid to) {
        PatchGrid wide = new PatchGrid(from.rows(), to.columns());
        FloatMatrix rows = FloatMatrix.zeros(wide.patches(), vectors.columns());
        for (int column = 0; column < to.columns(); column++) {
            Window window = Window.of(column, from.columns(), to.columns());
            for (int row = 0; row < from.rows(); row++) {
                window.sum(vectors, from.patch(row, window.first()), 1, rows, wide.patch(row, column));
            }
        }
        FloatMatrix resized = FloatMatrix.zeros(to.patches(), vectors.columns());
        for (int row = 0; row < to.rows(); row++) {
            Window window = Window.of(row, from.rows(), to.rows());
            for (int column = 0; column < to.columns(); column++) {
                window.sum(rows, wide.patch(window.first(), column), wide.columns(), resized, to.patch(row, column));
            }
        }
        return resized;
    }

    /// Keys' kernel at a distance in cells.
    private static double kernel(double distance) {
        double d = Math.abs(distance);
        if (d <= 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < RADIUS ? ((A * d - 5 * A) * d + 8 * A) * d - 4 * A : 0;
    }

    /// The cells of one axis that a new cell is made of.
    ///
    /// @param first cell
    /// @param weights `float[1][cells]`, adding up to 1
    private record Window(int first, FloatMatrix weights) {
        static Window of(int cell, int from, int to) {
            double scale = Math.max(1, (double) from / to);
            double centre = (cell + 0.5) * from / to;
            int first = Math.max((int) (centre - RADIUS * scale + 0.5), 0);
            int end = Math.min((int) (centre + RADIUS * scale + 0.5), from);
            double total = 0;
            for (int i = first; i < end; i++) {
                total += kernel((i + 0.5 - centre) / scale);
            }
            FloatMatrix weights = FloatMatrix.zeros(1, end - first);
            for (int i = first; i < end; i++) {
                weights.set(0, i - first, (float) (kernel((i + 0.5 - centre) / scale) / total));
            }
            return new Window(first, weights);
        }

        void sum(FloatMatrix source, int firstRow, int step, FloatMatrix target, int row) {
            for (int k = 0; k < source.columns(); k++) {
                double sum = 0;
                for (int i = 0; i < weights.columns(); i++) {
                    sum += (double) weights.get(0, i) * source.get(firstRow + i * step, k);
                }
                target.set(row, k, (float) sum);
            }
        }
    }
}
