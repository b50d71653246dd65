package org.patchlens.learning;

import org.patchlens.stats.GroupedFolds;
import org.patchlens.stats.Groups;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;

/// Rows with their targets and groups.
///
/// @param rows `float[n][D]`, finite
/// @param targets of the rows
/// @param groups of the rows, which are never split
/// @param seed of everything that is drawn while training
public record TrainingSet(FloatMatrix rows, Targets targets, Groups groups, Seed seed) {
    public TrainingSet {
        if (rows.rows() != targets.size() || rows.rows() != groups.size()) {
            throw new IllegalArgumentException(
                    rows + " with " + targets.size() + " targets and " + groups.size() + " groups");
        }
    }

    /// Some of the rows, in the order given.
    public TrainingSet select(int[] selected, Seed newSeed) {
        return new TrainingSet(pick(rows, selected), targets.select(selected), groups.select(selected), newSeed);
    }

    /// Some rows of a matrix, in the order given; a copy.
    public static FloatMatrix pick(FloatMatrix rows, int[] selected) {
        FloatMatrix some = FloatMatrix.zeros(selected.length, rows.columns());
        for (int i = 0; i < selected.length; i++) {
            some.row(i).copyFrom(rows.row(selected[i]));
        }
        return some;
    }

    /// Folds of these rows.
    ///
    /// @param most at least 2; fewer where there are not so many groups
    GroupedFolds folds(int most) {
        return GroupedFolds.of(groups, targets.strataArray(), Math.min(most, groups.count()), seed);
    }
}
