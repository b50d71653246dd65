package org.patchlens.tensor.force;

/// Pairs of points, row by row, and when they act: whenever the sum of a pair's rate over the epochs, and of where
/// it begins, passes a whole number.
///
/// @param starts of the rows, `int[N + 1]`, multiples of [PointMotion#WIDTH]
/// @param columns the other point of each pair; any where a row is filled up
/// @param rates how often per epoch, in units of 2^-32; 0 where a row is filled up
/// @param phases where pairs begin, in units of 2^-32
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TimedPairs(int[] starts, int[] columns, int[] rates, int[] phases) {
    /// Room for rows.
    public static TimedPairs room(int[] starts) {
        int pairs = starts[starts.length - 1];
        return new TimedPairs(starts, new int[pairs], new int[pairs], new int[pairs]);
    }

    /// The longest row, what fills it up included.
    public int longest() {
        int longest = 0;
        for (int i = 1; i < starts.length; i++) {
            longest = Math.max(longest, starts[i] - starts[i - 1]);
        }
        return longest;
    }

    /// @param epoch from 0
    boolean acts(int pair, int epoch) {
        // the sum has just passed a whole number if it is smaller than what was added last
        return Integer.compareUnsigned(rates[pair] * (epoch + 1) + phases[pair], rates[pair]) < 0;
    }
}
