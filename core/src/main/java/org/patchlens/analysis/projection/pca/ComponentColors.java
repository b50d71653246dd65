package org.patchlens.analysis.projection.pca;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;

/// Scores of the first three components as red, green and blue, with one scale for all images.
///
/// @param low `float[1][3]`, the score that gives 0
/// @param high `float[1][3]`, the score that gives 1
public record ComponentColors(FloatMatrix low, FloatMatrix high) {
    /// Scores beyond this share at either end are cut, or a few patches would take the whole scale.
    private static final double CUT = 0.02;

    /// The scale of all points that are to be compared.
    ///
    /// @param scores `float[N][k]`; a component that is missing gives no colour
    public static ComponentColors of(FloatMatrix scores) {
        FloatMatrix low = FloatMatrix.zeros(1, 3);
        FloatMatrix high = FloatMatrix.zeros(1, 3);
        for (int part = 0; part < Math.min(3, scores.columns()); part++) {
            float[] sorted = new float[scores.rows()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = scores.get(i, part);
            }
            Arrays.sort(sorted);
            int cut = (int) (CUT * (sorted.length - 1));
            low.set(0, part, sorted[cut]);
            high.set(0, part, sorted[sorted.length - 1 - cut]);
        }
        return new ComponentColors(low, high);
    }

    /// The colours of points, `float[n][3]` from 0 to 1.
    ///
    /// @param scores `float[n][k]`
    /// @param painted which points have a colour; the others get NaN
    public FloatMatrix paint(FloatMatrix scores, boolean[] painted) {
        FloatMatrix colors = FloatMatrix.zeros(scores.rows(), 3);
        for (int i = 0; i < scores.rows(); i++) {
            for (int part = 0; part < 3; part++) {
                colors.set(i, part, painted[i] ? share(scores, i, part) : Float.NaN);
            }
        }
        return colors;
    }

    private float share(FloatMatrix scores, int row, int part) {
        float span = high.get(0, part) - low.get(0, part);
        return part < scores.columns() && span > 0
                ? Math.clamp((scores.get(row, part) - low.get(0, part)) / span, 0f, 1f)
                : 0;
    }
}
