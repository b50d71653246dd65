package org.patchlens.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;

/// How well scores put positives before negatives; sorted once, measured under many weights.
///
/// Equal scores count as half. A measure is NaN where the weights leave no positives or no negatives.
public final class Ranking {
    /// Rows by descending score.
    private final int[] order;

    private final boolean[] positive;
    /// Whether the next row in order has the same score.
    private final boolean[] tied;

    private Ranking(int[] order, boolean[] positive, boolean[] tied) {
        this.order = order;
        this.positive = positive;
        this.tied = tied;
    }

    /// Sorts scores.
    ///
    /// @param scores finite, larger for what is more likely positive
    /// @param positive whether each row is positive
    public static Ranking of(double[] scores, boolean[] positive) {
        int n = scores.length;
        if (positive.length != n) {
            throw new IllegalArgumentException(n + " scores for " + positive.length + " rows");
        }
        long[] keys = new long[n];
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        for (int row = 0; row < n; row++) {
            // the rank from the top, then the row: one sort of numbers instead of objects
            int rank = n - upper(sorted, scores[row]);
            keys[row] = ((long) rank << 32) | row;
        }
        Arrays.sort(keys);
        int[] order = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
        boolean[] tied = new boolean[n];
        for (int i = 0; i + 1 < n; i++) {
            tied[i] = keys[i] >>> 32 == keys[i + 1] >>> 32;
        }
        return new Ranking(order, positive.clone(), tied);
    }

    /// How many sorted values are at most `value`.
    private static int upper(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The area under the receiver operating characteristic, 0 to 1; every row weighs 1.
    public double auroc() {
        return auroc(ones(order.length));
    }

    /// The area under the receiver operating characteristic, 0 to 1.
    ///
    /// @param weights of the rows, at least 0
    public double auroc(double[] weights) {
        double above = 0;
        double negatives = 0;
        double area = 0;
        for (int i = 0; i < order.length; ) {
            double[] block = new double[2];
            i = gather(i, weights, block);
            area += block[1] * (above + block[0] / 2);
            above += block[0];
            negatives += block[1];
        }
        return above > 0 && negatives > 0 ? area / (above * negatives) : Double.NaN;
    }

    /// Adds the weights of positives and negatives of the block of equal scores at `i`; returns where the next
    /// begins.
    private int gather(int i, double[] weights, double[] block) {
        int at = i;
        boolean more = true;
        while (more) {
            block[positive[order[at]] ? 0 : 1] += weights[order[at]];
            more = tied[at];
            at++;
        }
        return at;
    }

    /// The average precision, 0 to 1: the area under the precision over recall, by steps.
    ///
    /// @param weights of the rows, at least 0
    public double averagePrecision(double[] weights) {
        double positives = 0;
        for (int row = 0; row < weights.length; row++) {
            positives += positive[row] ? weights[row] : 0;
        }
        double hits = 0;
        double taken = 0;
        double area = 0;
        for (int i = 0; i < order.length; ) {
            double[] block = new double[2];
            i = gather(i, weights, block);
            hits += block[0];
            taken += block[0] + block[1];
            area += taken > 0 ? block[0] * hits / taken : 0;
        }
        return positives > 0 && taken > positives ? area / positives : Double.NaN;
    }

    /// The average precision; every row weighs 1.
    public double averagePrecision() {
        return averagePrecision(ones(order.length));
    }

    /// The receiver operating characteristic at equally spaced false-positive rates.
    ///
    /// @param points at least 2
    /// @return `float[1][points]`, the true-positive rate at false-positive rate i / (points - 1)
    public FloatMatrix curve(int points) {
        int positives = (int)
                IntStream.range(0, positive.length).filter(i -> positive[i]).count();
        int negatives = positive.length - positives;
        FloatMatrix curve = FloatMatrix.zeros(1, points);
        double[] found = new double[2];
        double[] before = new double[2];
        int next = 0;
        int at = 0;
        double[] weights = ones(order.length);
        while (next < points) {
            double wanted = (double) next / (points - 1) * negatives;
            if (found[1] >= wanted && (at == order.length || found[1] > wanted)) {
                double step = found[1] - before[1];
                double share = step > 0 ? (wanted - before[1]) / step : 1;
                curve.set(0, next++, (float) ((before[0] + share * (found[0] - before[0])) / positives));
            } else {
                before = found.clone();
                at = gather(at, weights, found);
            }
        }
        return curve;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
