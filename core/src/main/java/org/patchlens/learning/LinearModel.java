package org.patchlens.learning;

import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;

/// Rows times weights plus intercepts.
///
/// @param weights `float[outputs][D]`
/// @param intercepts `float[1][outputs]`
public record LinearModel(FloatMatrix weights, FloatMatrix intercepts) {
    /// The outputs of rows, `float[n][outputs]`.
    public FloatMatrix apply(FloatMatrix rows) {
        FloatMatrix outputs = FloatMatrix.zeros(rows.rows(), weights.rows());
        MatrixProduct.multiply(Panel.of(rows), Panel.of(weights).transpose(), Panel.of(outputs));
        for (int row = 0; row < outputs.rows(); row++) {
            for (int k = 0; k < outputs.columns(); k++) {
                outputs.set(row, k, outputs.get(row, k) + intercepts.get(0, k));
            }
        }
        return outputs;
    }
}
