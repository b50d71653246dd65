package org.patchlens.model.onnx;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;

/// Interpolation by a window of neighbours, as PyTorch's `interpolate(mode=..., size=...)` does it: what lies
/// outside the grid has no weight, and weights add up to 1. First along rows, then along columns.
final class WindowInterpolation {
    private final Kernel kernel;

    WindowInterpolation(Kernel kernel) {
        this.kernel = kernel;
    }

    /// The weight of a neighbour by its distance.
    enum Kernel {
        /// `bicubic` with `antialias=True`: Keys' kernel (1981) with a = -0.5, wider when an axis shrinks.
        CUBIC_ANTIALIASED(2),
        /// `bilinear` with `antialias=True`: a triangle, wider when an axis shrinks.
        LINEAR_ANTIALIASED(1),
        /// `bilinear`: a triangle over two neighbours, however much an axis shrinks.
        LINEAR(1);

        private static final double A = -0.5;

        private final double radius;

        Kernel(double radius) {
            this.radius = radius;
        }

        private double scale(int from, int to) {
            return switch (this) {
                case CUBIC_ANTIALIASED, LINEAR_ANTIALIASED -> Math.max(1, (double) from / to);
                case LINEAR -> 1;
            };
        }

        /// @param distance in cells, or in as many as the kernel is wider
        private double weight(double distance) {
            double d = Math.abs(distance);
            return switch (this) {
                case CUBIC_ANTIALIASED -> cubic(d);
                case LINEAR_ANTIALIASED, LINEAR -> Math.max(0, 1 - d);
            };
        }

        private static double cubic(double d) {
            if (d <= 1) {
                return ((A + 2) * d - (A + 3)) * d * d + 1;
            }
            return d < 2 ? ((A * d - 5 * A) * d + 8 * A) * d - 4 * A : 0;
        }
    }

    /// Resizes a grid of vectors.
    ///
    /// @param vectors `float[H * W][D]`, row by row of `from`
    /// @return `float[H' * W'][D]`, row by row of `to`
    FloatMatrix resize(FloatMatrix vectors, PatchGrid from, PatchGrid to) {
        PatchGrid wide = new PatchGrid(from.rows(), to.columns());
        FloatMatrix rows = FloatMatrix.zeros(wide.patches(), vectors.columns());
        for (int column = 0; column < to.columns(); column++) {
            Window window = Window.of(kernel, column, from.columns(), to.columns());
            for (int row = 0; row < from.rows(); row++) {
                window.sum(vectors, from.patch(row, window.first()), 1, rows, wide.patch(row, column));
            }
        }
        FloatMatrix resized = FloatMatrix.zeros(to.patches(), vectors.columns());
        for (int row = 0; row < to.rows(); row++) {
            Window window = Window.of(kernel, row, from.rows(), to.rows());
            for (int column = 0; column < to.columns(); column++) {
                window.sum(rows, wide.patch(window.first(), column), wide.columns(), resized, to.patch(row, column));
            }
        }
        return resized;
    }

    /// The cells of one axis that a new cell is made of.
    ///
    /// @param first cell
    /// @param weights `float[1][cells]`, adding up to 1
    private record Window(int first, FloatMatrix weights) {
        static Window of(Kernel kernel, int cell, int from, int to) {
            double scale = kernel.scale(from, to);
            double centre = (cell + 0.5) * from / to;
            int first = Math.max((int) (centre - kernel.radius * scale + 0.5), 0);
            int end = Math.min((int) (centre + kernel.radius * scale + 0.5), from);
            double total = 0;
            for (int i = first; i < end; i++) {
                total += kernel.weight((i + 0.5 - centre) / scale);
            }
            FloatMatrix weights = FloatMatrix.zeros(1, end - first);
            for (int i = first; i < end; i++) {
                weights.set(0, i - first, (float) (kernel.weight((i + 0.5 - centre) / scale) / total));
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
