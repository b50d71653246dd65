package org.patchlens.figure;

import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.tensor.FloatMatrix;

/// Numbers of patches as numbers of every place of the image.
///
/// @param values `float[H][W]`; NaN for a patch without number
/// @param interpolation between the centres of patches
record PatchValues(FloatMatrix values, Interpolation interpolation) {
    /// The number at a place; NaN in a patch without number.
    ///
    /// @param x 0 at the left edge of the image, 1 at the right
    /// @param y 0 at the top edge, 1 at the bottom
    float at(double x, double y) {
        int row = (int) (y * values.rows());
        int column = (int) (x * values.columns());
        float nearest = values.get(row, column);
        return switch (interpolation) {
            case NEAREST -> nearest;
            case BILINEAR ->
                Float.isNaN(nearest) ? nearest : between(x * values.columns() - 0.5, y * values.rows() - 0.5);
        };
    }

    /// The mean of the four patches around a place, weighted by nearness; those without number take no part.
    private float between(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double sum = 0;
        double weights = 0;
        for (int row = top; row <= top + 1; row++) {
            for (int column = left; column <= left + 1; column++) {
                float value =
                        values.get(Math.clamp(row, 0, values.rows() - 1), Math.clamp(column, 0, values.columns() - 1));
                double weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
                sum += Float.isNaN(value) ? 0 : weight * value;
                weights += Float.isNaN(value) ? 0 : weight;
            }
        }
        return (float) (sum / weights);
    }
}
