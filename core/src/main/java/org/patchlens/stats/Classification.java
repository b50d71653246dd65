package org.patchlens.stats;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;

/// Measures of predicted probabilities against the true classes.
///
/// A row's prediction is its most probable class, the first among equals. Weights are at least 0; what no row
/// weighs for is NaN.
///
/// @param probabilities `float[n][K]`, rows that sum to 1
/// @param truth `float[1][n]`, the true class of each row, 0 to K - 1
public record Classification(FloatMatrix probabilities, FloatMatrix truth) {
    private static final double SMALLEST_PROBABILITY = 1e-7;

    public Classification {
        if (truth.rows() != 1 || truth.columns() != probabilities.rows() || probabilities.columns() < 2) {
            throw new IllegalArgumentException(probabilities + " for " + truth);
        }
    }

    /// The true class of a row.
    public int truth(int row) {
        return (int) truth.get(0, row);
    }

    /// The most probable class of a row.
    public int predicted(int row) {
        int best = 0;
        for (int type = 1; type < probabilities.columns(); type++) {
            if (probabilities.get(row, type) > probabilities.get(row, best)) {
                best = type;
            }
        }
        return best;
    }

    /// The weight of the rows of each true class (rows) that were predicted as each class (columns),
    /// `float[K][K]`.
    public FloatMatrix confusion(double[] weights) {
        int classes = probabilities.columns();
        double[][] sums = new double[classes][classes];
        for (int row = 0; row < weights.length; row++) {
            sums[truth(row)][predicted(row)] += weights[row];
        }
        FloatMatrix confusion = FloatMatrix.zeros(classes, classes);
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                confusion.set(i, j, (float) sums[i][j]);
            }
        }
        return confusion;
    }

    /// The share of rows that are predicted right.
    public double accuracy(double[] weights) {
        double right = 0;
        double all = 0;
        for (int row = 0; row < weights.length; row++) {
            all += weights[row];
            right += truth(row) == predicted(row) ? weights[row] : 0;
        }
        return right / all;
    }

    /// The mean over the classes of the share of their rows that is predicted right; classes without a row are
    /// left out.
    public double balancedAccuracy(double[] weights) {
        FloatMatrix confusion = confusion(weights);
        double sum = 0;
        int present = 0;
        for (int type = 0; type < confusion.rows(); type++) {
            double recall = recall(confusion, type);
            if (!Double.isNaN(recall)) {
                sum += recall;
                present++;
            }
        }
        return sum / present;
    }

    /// The share of a class's rows that is predicted right.
    ///
    /// @param confusion see [#confusion]
    public static double recall(FloatMatrix confusion, int type) {
        double all = 0;
        for (int other = 0; other < confusion.columns(); other++) {
            all += confusion.get(type, other);
        }
        return all > 0 ? confusion.get(type, type) / all : Double.NaN;
    }

    /// The mean squared error of the probabilities (Brier 1950): of two classes that of one of them, 0 to 1; of
    /// more the sum over all, 0 to 2.
    public double brier(double[] weights) {
        int classes = probabilities.columns();
        double sum = 0;
        double all = 0;
        for (int row = 0; row < weights.length; row++) {
            double error = 0;
            for (int type = 0; type < classes; type++) {
                double difference = probabilities.get(row, type) - (type == truth(row) ? 1 : 0);
                error += difference * difference;
            }
            sum += weights[row] * (classes == 2 ? error / 2 : error);
            all += weights[row];
        }
        return sum / all;
    }

    /// The mean of minus the logarithm of the true class's probability; probabilities below 1e-7 count as that.
    public double logLoss(double[] weights) {
        double sum = 0;
        double all = 0;
        for (int row = 0; row < weights.length; row++) {
            double probability = Math.max(SMALLEST_PROBABILITY, probabilities.get(row, truth(row)));
            sum -= weights[row] * Math.log(probability);
            all += weights[row];
        }
        return sum / all;
    }

    /// How one class's probabilities rank its rows above the others.
    public Ranking ranking(int type) {
        int n = probabilities.rows();
        double[] scores = new double[n];
        boolean[] positive = new boolean[n];
        for (int row = 0; row < n; row++) {
            scores[row] = probabilities.get(row, type);
            positive[row] = truth(row) == type;
        }
        return Ranking.of(scores, positive);
    }

    /// Whether one class's probabilities come true: the bins of equal width from 0 to 1.
    ///
    /// @param bins at least 1; a probability on a border belongs to the lower bin
    public Calibration calibration(int type, int bins) {
        double[] predicted = new double[bins];
        double[] observed = new double[bins];
        double[] counts = new double[bins];
        for (int row = 0; row < probabilities.rows(); row++) {
            float probability = probabilities.get(row, type);
            int bin = bin(probability, bins);
            predicted[bin] += probability;
            observed[bin] += truth(row) == type ? 1 : 0;
            counts[bin]++;
        }
        FloatMatrix values = FloatMatrix.zeros(3, bins);
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            boolean empty = counts[bin] == 0;
            values.set(0, bin, empty ? Float.NaN : (float) (predicted[bin] / counts[bin]));
            values.set(1, bin, empty ? Float.NaN : (float) (observed[bin] / counts[bin]));
            values.set(2, bin, (float) counts[bin]);
            error += Math.abs(predicted[bin] - observed[bin]) / probabilities.rows();
        }
        return new Calibration(values, error);
    }

    private static int bin(float probability, int bins) {
        int bin = 0;
        while (bin < bins - 1 && probability > (float) ((bin + 1.0) / bins)) {
            bin++;
        }
        return bin;
    }

    /// Weights of 1 for all rows.
    public double[] ones() {
        double[] ones = new double[probabilities.rows()];
        Arrays.fill(ones, 1);
        return ones;
    }

    /// Whether probabilities come true.
    ///
    /// @param bins `float[3][bins]`: the mean probability, the share that is of the class, and how many rows;
    ///     NaN for the first two of an empty bin
    /// @param error the mean absolute difference of the two, weighted by the rows (expected calibration error); it
    ///     is positive also for a perfect model and the more so the fewer the rows, so never compare it between
    ///     groups of different size
    public record Calibration(FloatMatrix bins, double error) {}
}
