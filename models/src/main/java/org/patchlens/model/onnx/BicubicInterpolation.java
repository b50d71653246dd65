package org.patchlens.model.onnx;

import java.util.Arrays;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;

/// Cubic convolution (Keys 1981, "Cubic convolution interpolation for digital image processing") as PyTorch's
/// `interpolate(mode="bicubic", align_corners=False, size=...)` does it and as the transformers library fits
/// position embeddings to other grids: a = -0.75, no antialiasing, neighbours outside the grid are those at its
/// edge.
final class BicubicInterpolation {
    private static final double A = -0.75;
    private static final int TAPS = 4;

    private BicubicInterpolation() {}

    /// Resizes a grid of vectors.
    ///
    /// @param vectors `float[H * W][D]`, row by row of `from`
    /// @return `float[H' * W'][D]`, row by row of `to`
    static FloatMatrix resize(FloatMatrix vectors, PatchGrid from, PatchGrid to) {
        FloatMatrix resized = FloatMatrix.zeros(to.patches(), vectors.columns());
        double[] sums = new double[vectors.columns()];
        for (int row = 0; row < to.rows(); row++) {
            double y = place(row, from.rows(), to.rows());
            for (int column = 0; column < to.columns(); column++) {
                double x = place(column, from.columns(), to.columns());
                sum(vectors, from, y, x, sums);
                for (int i = 0; i < sums.length; i++) {
                    resized.set(to.patch(row, column), i, (float) sums[i]);
                }
            }
        }
        return resized;
    }

    private static void sum(FloatMatrix vectors, PatchGrid from, double y, double x, double[] sums) {
        Arrays.fill(sums, 0);
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        for (int i = 0; i < TAPS; i++) {
            int row = Math.clamp(top - 1 + i, 0, from.rows() - 1);
            double rowWeight = weight(y - (top - 1 + i));
            for (int j = 0; j < TAPS; j++) {
                int column = Math.clamp(left - 1 + j, 0, from.columns() - 1);
                double weight = rowWeight * weight(x - (left - 1 + j));
                int patch = from.patch(row, column);
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += weight * vectors.get(patch, k);
                }
            }
        }
    }

    /// Where the centre of a cell lies in the other grid, in cells of that grid from the centre of its first.
    private static double place(int cell, int from, int to) {
        return (cell + 0.5) * from / to - 0.5;
    }

    /// Keys' kernel at a distance in cells.
    private static double weight(double distance) {
        double d = Math.abs(distance);
        if (d <= 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? ((A * d - 5 * A) * d + 8 * A) * d - 4 * A : 0;
    }
}
