package org.patchlens.stats;

import java.util.Arrays;
import java.util.Comparator;

/// p-values adjusted so that their false discovery rate is controlled over a family of tests.
public final class MultipleTesting {
    private MultipleTesting() {}

    /// Benjamini and Hochberg 1995, for tests that are independent or depend positively on each other, as those of
    /// neighbouring layers do.
    ///
    /// @param pValues 0 to 1
    /// @return a q-value for each, in the same order
    public static double[] benjaminiHochberg(double[] pValues) {
        return adjusted(pValues, 1);
    }

    /// Benjamini and Yekutieli 2001, for tests that depend on each other in any way.
    ///
    /// @param pValues 0 to 1
    /// @return a q-value for each, in the same order
    public static double[] benjaminiYekutieli(double[] pValues) {
        double harmonic = 0;
        for (int i = 1; i <= pValues.length; i++) {
            harmonic += 1.0 / i;
        }
        return adjusted(pValues, harmonic);
    }

    private static double[] adjusted(double[] pValues, double factor) {
        int n = pValues.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] adjusted = new double[n];
        double smallest = 1;
        for (int rank = n; rank > 0; rank--) {
            int test = order[rank - 1];
            smallest = Math.min(smallest, pValues[test] * n / rank * factor);
            adjusted[test] = smallest;
        }
        return adjusted;
    }

    /// The fewest permutations that let a family of tests be told from chance at 5 %: with B of them no p-value is
    /// below 1 / (B + 1).
    ///
    /// @param tests in the family
    public static int fewestPermutations(int tests) {
        return 20 * tests - 1;
    }
}
