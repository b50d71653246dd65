package org.patchlens.neighbor;

/// Which points of a block are compared with the points of another.
sealed interface Reach permits CertainReach, LikelyReach {
    /// Picks those of a block's points that are to be compared with another block, and have not been yet.
    ///
    /// @param picks takes their places in the block
    /// @return how many
    int pick(Query query, int other, int[] picks);

    /// The places whose number is not below a limit; none is where the number is NaN.
    ///
    /// @param from where the numbers start
    /// @param limits one for each place
    static int pick(float[] numbers, int from, float[] limits, int[] picks) {
        int count = 0;
        for (int i = 0; i < limits.length; i++) {
            picks[count] = i;
            count += numbers[from + i] >= limits[i] ? 1 : 0;
        }
        return count;
    }
}
