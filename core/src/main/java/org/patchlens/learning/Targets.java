package org.patchlens.learning;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;

/// What rows are to be told to be.
///
/// @param values `float[n][outputs]`: for two classes the chance of the second, for more the chance of each, for a
///     regression the number itself
/// @param task what the values are
/// @param strata `float[1][n]`, a class per row from 0, which folds spread evenly
public record Targets(FloatMatrix values, Task task, FloatMatrix strata) {
    /// How many parts of equal size the numbers of a regression are spread by.
    private static final int PARTS = 5;

    /// What is learned.
    public enum Task {
        /// The class of a row, or the chance of each class.
        CLASSIFICATION,
        /// A number.
        REGRESSION
    }

    /// Rows of known classes.
    ///
    /// @param classOf 0 to `classes - 1`
    /// @param classes at least 2
    public static Targets classes(int[] classOf, int classes) {
        return new Targets(LogisticRegression.targets(classOf, classes), Task.CLASSIFICATION, whole(classOf));
    }

    /// Rows that are of the second of two classes to some part.
    ///
    /// @param shares 0 to 1
    public static Targets shares(float[] shares) {
        int[] strata = new int[shares.length];
        Arrays.setAll(strata, i -> shares[i] >= 0.5f ? 1 : 0);
        return new Targets(FloatMatrix.of(shares.length, 1, shares), Task.CLASSIFICATION, whole(strata));
    }

    /// Rows with a number.
    public static Targets numbers(float[] numbers) {
        float[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int[] strata = new int[numbers.length];
        for (int i = 0; i < strata.length; i++) {
            for (int part = 1; part < PARTS; part++) {
                strata[i] += numbers[i] >= sorted[part * sorted.length / PARTS] ? 1 : 0;
            }
        }
        return new Targets(FloatMatrix.of(numbers.length, 1, numbers), Task.REGRESSION, whole(strata));
    }

    private static FloatMatrix whole(int[] numbers) {
        FloatMatrix row = FloatMatrix.zeros(1, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            row.set(0, i, numbers[i]);
        }
        return row;
    }

    /// How many rows there are.
    public int size() {
        return values.rows();
    }

    /// K; 1 for a regression.
    public int classes() {
        return switch (task) {
            case CLASSIFICATION -> values.columns() == 1 ? 2 : values.columns();
            case REGRESSION -> 1;
        };
    }

    /// The class that folds spread this row by.
    public int stratum(int row) {
        return (int) strata.get(0, row);
    }

    /// The classes that folds spread the rows by.
    public int[] strataArray() {
        return IntStream.range(0, size()).map(this::stratum).toArray();
    }

    /// Some of the rows, in the order given.
    public Targets select(int[] rows) {
        FloatMatrix some = FloatMatrix.zeros(rows.length, values.columns());
        FloatMatrix someStrata = FloatMatrix.zeros(1, rows.length);
        for (int i = 0; i < rows.length; i++) {
            some.row(i).copyFrom(values.row(rows[i]));
            someStrata.set(0, i, strata.get(0, rows[i]));
        }
        return new Targets(some, task, someStrata);
    }

    /// The loss of predictions, summed over rows: cross-entropy for chances, half the squared error for numbers.
    ///
    /// @param predictions `float[n][K]`, see [Predictor]
    public double loss(FloatMatrix predictions) {
        double sum = 0;
        for (int row = 0; row < size(); row++) {
            sum += switch (task) {
                case CLASSIFICATION -> crossEntropy(predictions, row);
                case REGRESSION -> {
                    double error = predictions.get(row, 0) - values.get(row, 0);
                    yield error * error / 2;
                }
            };
        }
        return sum;
    }

    /// Half the squared error of outputs, summed over rows.
    ///
    /// @param outputs `float[n][outputs]`, as many as [#values()] has
    double squaredError(FloatMatrix outputs) {
        double sum = 0;
        for (int row = 0; row < size(); row++) {
            for (int k = 0; k < outputs.columns(); k++) {
                double error = outputs.get(row, k) - values.get(row, k);
                sum += error * error / 2;
            }
        }
        return sum;
    }

    private double crossEntropy(FloatMatrix predictions, int row) {
        if (values.columns() == 1) {
            double share = values.get(row, 0);
            return -share * log(predictions.get(row, 1)) - (1 - share) * log(predictions.get(row, 0));
        }
        double sum = 0;
        for (int type = 0; type < values.columns(); type++) {
            sum -= values.get(row, type) * log(predictions.get(row, type));
        }
        return sum;
    }

    private static double log(double probability) {
        return Math.log(Math.max(1e-7, probability));
    }
}
