package org.patchlens.learning;

import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;

/// A trained model: what it says of rows that it has not seen.
public sealed interface Predictor {
    /// The probabilities of the classes, `float[n][K]`; for a regression the number, `float[n][1]`.
    ///
    /// @param rows `float[n][D]`, as they are, not standardized
    FloatMatrix predict(FloatMatrix rows);

    /// What becomes of the outputs of a linear model.
    enum Link {
        /// A logit becomes two probabilities.
        SIGMOID,
        /// Logits become probabilities.
        SOFTMAX,
        /// Shares of classes, which may leave 0 to 1: cut there, and divided by their sum.
        CLIPPED,
        /// A number stays as it is.
        IDENTITY;

        /// The predictions of outputs.
        FloatMatrix of(FloatMatrix outputs) {
            return switch (this) {
                case SIGMOID -> sigmoid(outputs);
                case SOFTMAX -> softmax(outputs);
                case CLIPPED -> clipped(outputs);
                case IDENTITY -> outputs;
            };
        }

        private static FloatMatrix sigmoid(FloatMatrix logits) {
            FloatMatrix both = FloatMatrix.zeros(logits.rows(), 2);
            for (int row = 0; row < logits.rows(); row++) {
                double small = Math.exp(-Math.abs((double) logits.get(row, 0)));
                double lesser = small / (1 + small);
                boolean second = logits.get(row, 0) >= 0;
                both.set(row, second ? 0 : 1, (float) lesser);
                both.set(row, second ? 1 : 0, (float) (1 - lesser));
            }
            return both;
        }

        private static FloatMatrix softmax(FloatMatrix logits) {
            FloatMatrix shares = FloatMatrix.zeros(logits.rows(), logits.columns());
            double[] powers = new double[logits.columns()];
            for (int row = 0; row < logits.rows(); row++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < powers.length; k++) {
                    largest = Math.max(largest, logits.get(row, k));
                }
                double sum = 0;
                for (int k = 0; k < powers.length; k++) {
                    powers[k] = Math.exp(logits.get(row, k) - largest);
                    sum += powers[k];
                }
                for (int k = 0; k < powers.length; k++) {
                    shares.set(row, k, (float) (powers[k] / sum));
                }
            }
            return shares;
        }

        private static FloatMatrix clipped(FloatMatrix outputs) {
            boolean single = outputs.columns() == 1;
            FloatMatrix shares = FloatMatrix.zeros(outputs.rows(), single ? 2 : outputs.columns());
            for (int row = 0; row < shares.rows(); row++) {
                float sum = 0;
                for (int k = 0; k < shares.columns(); k++) {
                    float raw = !single ? outputs.get(row, k) : k == 1 ? outputs.get(row, 0) : 1 - outputs.get(row, 0);
                    float share = Math.clamp(raw, 1e-6f, 1f);
                    shares.set(row, k, share);
                    sum += share;
                }
                for (int k = 0; k < shares.columns(); k++) {
                    shares.set(row, k, shares.get(row, k) / sum);
                }
            }
            return shares;
        }
    }

    /// Standardized rows, a linear model, a link.
    ///
    /// @param standardization of the training rows
    /// @param model over standardized rows
    /// @param link what becomes of its outputs
    record Linear(Standardization standardization, LinearModel model, Link link) implements Predictor {
        @Override
        public FloatMatrix predict(FloatMatrix rows) {
            return link.of(model.apply(standardization.apply(rows)));
        }
    }

    /// A perceptron with one hidden layer of rectified units.
    ///
    /// @param standardization of the training rows
    /// @param hidden the first layer, D to hidden units
    /// @param output the second layer
    /// @param link what becomes of its outputs
    record Perceptron(Standardization standardization, LinearModel hidden, LinearModel output, Link link)
            implements Predictor {
        @Override
        public FloatMatrix predict(FloatMatrix rows) {
            FloatMatrix units = hidden.apply(standardization.apply(rows));
            for (int row = 0; row < units.rows(); row++) {
                for (int i = 0; i < units.columns(); i++) {
                    units.set(row, i, Math.max(0, units.get(row, i)));
                }
            }
            return link.of(output.apply(units));
        }
    }

    /// The classes of the most similar training rows; each of them has one vote.
    ///
    /// @param known the training rows, `float[m][D]`, each of length 1
    /// @param votes `float[m][K]`, the chances of the classes of each
    /// @param neighbors how many are asked
    record Neighbors(FloatMatrix known, FloatMatrix votes, int neighbors) implements Predictor {
        @Override
        public FloatMatrix predict(FloatMatrix rows) {
            FloatMatrix predictions = FloatMatrix.zeros(rows.rows(), votes.columns());
            FloatMatrix unit = UnitRows.of(rows);
            FloatMatrix similarity = FloatMatrix.zeros(1, known.rows());
            for (int row = 0; row < rows.rows(); row++) {
                MatrixProduct.multiply(Panel.of(unit.row(row)), Panel.of(known).transpose(), Panel.of(similarity));
                for (int index : UnitRows.largest(similarity.rowToArray(0), neighbors)) {
                    for (int k = 0; k < votes.columns(); k++) {
                        predictions.set(row, k, predictions.get(row, k) + votes.get(index, k) / neighbors);
                    }
                }
            }
            return predictions;
        }
    }

    /// The nearest of the classes' means, by the squared distance of standardized rows divided by 2 D.
    ///
    /// @param standardization of the training rows
    /// @param means `float[K][D]`, of standardized rows
    record ClassMeans(Standardization standardization, FloatMatrix means) implements Predictor {
        @Override
        public FloatMatrix predict(FloatMatrix rows) {
            FloatMatrix standardized = standardization.apply(rows);
            FloatMatrix logits = FloatMatrix.zeros(rows.rows(), means.rows());
            for (int row = 0; row < rows.rows(); row++) {
                float[] values = standardized.rowToArray(row);
                for (int k = 0; k < means.rows(); k++) {
                    float[] mean = means.rowToArray(k);
                    double square = 0;
                    for (int i = 0; i < values.length; i++) {
                        square += (double) (values[i] - mean[i]) * (values[i] - mean[i]);
                    }
                    logits.set(row, k, (float) (-square / 2 / values.length));
                }
            }
            return Link.SOFTMAX.of(logits);
        }
    }
}
