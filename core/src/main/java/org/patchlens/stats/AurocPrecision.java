package org.patchlens.stats;

import static org.patchlens.stats.NormalDistribution.Z95;
import static org.patchlens.stats.NormalDistribution.Z_POWER;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// How precisely an AUROC is known from so many patients.
public final class AurocPrecision {
    /// Below this many patients percentiles of a bootstrap are too narrow.
    public static final int FEWEST_FOR_BOOTSTRAP = 50;

    private static final int HALVINGS = 60;

    private AurocPrecision() {}

    /// The standard error under exponential scores (Hanley and McNeil 1982).
    ///
    /// @param auroc 0 to 1
    /// @param positives how many
    /// @param negatives how many
    public static double standardError(double auroc, double positives, double negatives) {
        double q1 = auroc / (2 - auroc);
        double q2 = 2 * auroc * auroc / (1 + auroc);
        double square = auroc * auroc;
        double variance = auroc * (1 - auroc) + (positives - 1) * (q1 - square) + (negatives - 1) * (q2 - square);
        return Math.sqrt(Math.max(0, variance) / (positives * negatives));
    }

    /// The smallest difference from 0.5 that a test at 5 % finds with a power of 80 %.
    ///
    /// @return 0 to 0.5; 0.5 also where nothing can be found
    public static double minimumDetectable(double positives, double negatives) {
        double chance = Z95 * standardError(0.5, positives, negatives);
        return root(auroc -> auroc - 0.5 - chance - Z_POWER * standardError(auroc, positives, negatives), 0.5, 1) - 0.5;
    }

    /// The score interval of Newcombe 2006 (method 5), which holds for few rows and for an AUROC of 1.
    ///
    /// @param auroc 0 to 1
    public static Interval newcombe(double auroc, double positives, double negatives) {
        double less = (positives + negatives) / 2 - 1;
        DoubleUnaryOperator reach = theta -> Z95
                * Math.sqrt(theta
                        * (1 - theta)
                        * (1 + less * (1 - theta) / (2 - theta) + less * theta / (1 + theta))
                        / (positives * negatives));
        double low = root(theta -> theta + reach.applyAsDouble(theta) - auroc, 0, auroc);
        double high = root(theta -> theta - reach.applyAsDouble(theta) - auroc, auroc, 1);
        return new Interval(low, high, Interval.Method.NEWCOMBE);
    }

    /// Where an increasing function changes its sign; an end where it does not.
    private static double root(DoubleUnaryOperator increasing, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (increasing.applyAsDouble(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /// The interval from the variance of DeLong et al. 1988, cut at 0 and 1; for rows that are independent, one
    /// per patient. NaN without two positives and two negatives.
    ///
    /// @param scores larger for what is more likely positive
    /// @param positive whether each row is positive
    public static Interval deLong(double[] scores, boolean[] positive) {
        double[] placements = placements(scores, positive);
        double auroc = Ranking.of(scores, positive).auroc();
        double variance =
                placementVariance(placements, positive, true) + placementVariance(placements, positive, false);
        double reach = Z95 * Math.sqrt(variance);
        return new Interval(Math.max(0, auroc - reach), Math.min(1, auroc + reach), Interval.Method.DE_LONG);
    }

    /// Of each positive the share of negatives below it, of each negative the share of positives above it; equal
    /// scores count as half.
    private static double[] placements(double[] scores, boolean[] positive) {
        double[] placements = new double[scores.length];
        double[] positives = sorted(scores, positive, true);
        double[] negatives = sorted(scores, positive, false);
        for (int i = 0; i < scores.length; i++) {
            double[] others = positive[i] ? negatives : positives;
            double below = (rank(others, scores[i], false) + rank(others, scores[i], true)) / 2.0 / others.length;
            placements[i] = positive[i] ? below : 1 - below;
        }
        return placements;
    }

    private static double[] sorted(double[] scores, boolean[] positive, boolean wanted) {
        double[] some = new double[scores.length];
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i] == wanted) {
                some[count++] = scores[i];
            }
        }
        double[] sorted = Arrays.copyOf(some, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /// How many sorted values are below a value, or at most it.
    private static int rank(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double placementVariance(double[] placements, boolean[] positive, boolean wanted) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < placements.length; i++) {
            if (positive[i] == wanted) {
                sum += placements[i];
                count++;
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < placements.length; i++) {
            squares += positive[i] == wanted ? (placements[i] - mean) * (placements[i] - mean) : 0;
        }
        return squares / (count - 1.0) / count;
    }
}
