package org.patchlens.analysis.norms;

import java.util.Arrays;

/// Norms in ascending order.
final class SortedNorms {
    /// The standard deviation of a normal distribution over the median of its absolute deviations.
    private static final double NORMAL_CONSISTENCY = 1.4826;

    private final float[] ascending;

    private SortedNorms(float[] ascending) {
        this.ascending = ascending;
    }

    /// Sorts the array itself, which is not used elsewhere afterwards.
    ///
    /// @param norms finite, at least one
    static SortedNorms takingOver(float[] norms) {
        Arrays.sort(norms);
        return new SortedNorms(norms);
    }

    int count() {
        return ascending.length;
    }

    Distribution distribution() {
        return new Distribution(
                ascending.length,
                ascending[0],
                (float) quantile(0.25),
                (float) quantile(0.5),
                (float) quantile(0.75),
                (float) quantile(0.95),
                ascending[ascending.length - 1],
                (float) (NORMAL_CONSISTENCY * medianDistanceToMedian()));
    }

    /// How many norms are smaller than a limit.
    int below(double limit) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double quantile(double share) {
        double position = share * (ascending.length - 1);
        int index = (int) position;
        double lower = ascending[index];
        double upper = ascending[Math.min(index + 1, ascending.length - 1)];
        return lower + (position - index) * (upper - lower);
    }

    /// Walks outwards from the median on both sides; distances come in ascending order without sorting again.
    private double medianDistanceToMedian() {
        double median = quantile(0.5);
        int right = below(median);
        int left = right - 1;
        double previous = 0;
        double distance = 0;
        for (int taken = 0; taken <= ascending.length / 2; taken++) {
            previous = distance;
            double toLeft = left < 0 ? Double.POSITIVE_INFINITY : median - ascending[left];
            double toRight = right == ascending.length ? Double.POSITIVE_INFINITY : ascending[right] - median;
            distance = Math.min(toLeft, toRight);
            if (toLeft < toRight) {
                left--;
            } else {
                right++;
            }
        }
        return ascending.length % 2 == 1 ? distance : (previous + distance) / 2;
    }
}
