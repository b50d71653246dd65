package org.patchlens.stats;

/// What so many patients allow to be said.
public enum Evidence {
    /// Fewer than 10 patients: nothing is shown.
    SUPPRESSED,
    /// Fewer than 20 patients, or fewer than 10 positives or negatives: a value without a test.
    DESCRIPTIVE,
    /// A value with its interval and p-value.
    ESTIMATE,
    /// At least 50 patients, 30 of them positive and 30 negative: enough for a verdict.
    VERDICT;

    /// The fewest patients of whom anything is shown.
    public static final int FEWEST_SHOWN = 10;

    private static final int FEWEST_ESTIMATED = 20;
    private static final int FEWEST_PER_SIDE = 10;
    private static final int FEWEST_JUDGED = 50;
    private static final int FEWEST_JUDGED_PER_SIDE = 30;

    /// What is allowed.
    ///
    /// @param patients in total
    /// @param positives of them
    /// @param negatives of them
    public static Evidence of(int patients, int positives, int negatives) {
        int side = Math.min(positives, negatives);
        if (patients < FEWEST_SHOWN) {
            return SUPPRESSED;
        }
        if (patients < FEWEST_ESTIMATED || side < FEWEST_PER_SIDE) {
            return DESCRIPTIVE;
        }
        return patients < FEWEST_JUDGED || side < FEWEST_JUDGED_PER_SIDE ? ESTIMATE : VERDICT;
    }
}
