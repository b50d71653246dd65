package org.patchlens.learning;

import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.stats.GroupedFolds;
import org.patchlens.tensor.FloatMatrix;

/// Chooses the strength of a penalty on inner folds.
final class Strengths {
    private Strengths() {}

    /// Fits all strengths at once.
    @FunctionalInterface
    interface Path {
        /// The models of all strengths.
        ///
        /// @param rows standardized
        /// @param strengths ascending
        /// @return a model for each strength
        List<LinearModel> of(FloatMatrix rows, Targets targets, List<Double> strengths);
    }

    /// How far the outputs of a model are from held-out targets.
    @FunctionalInterface
    interface HeldOutLoss {
        /// The loss, summed over rows.
        double of(Targets targets, FloatMatrix outputs);
    }

    /// The strength with the smallest loss over the held-out rows of all inner folds; the strongest penalty among
    /// equals.
    static double chosen(TrainingSet set, List<Double> strengths, Path path, HeldOutLoss loss) {
        if (strengths.size() == 1) {
            return strengths.getFirst();
        }
        GroupedFolds folds = set.folds(Learner.INNER_FOLDS);
        double[] losses = new double[strengths.size()];
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] training = folds.training(fold);
            FloatMatrix seen = TrainingSet.pick(set.rows(), training);
            Standardization standardization = Standardization.of(seen);
            List<LinearModel> models =
                    path.of(standardization.apply(seen), set.targets().select(training), strengths);
            Targets heldOut = set.targets().select(folds.heldOut(fold));
            FloatMatrix unseen = standardization.apply(TrainingSet.pick(set.rows(), folds.heldOut(fold)));
            for (int i = 0; i < losses.length; i++) {
                losses[i] += loss.of(heldOut, models.get(i).apply(unseen));
            }
        }
        int best = IntStream.range(0, losses.length)
                .reduce(0, (least, next) -> losses[next] < losses[least] ? next : least);
        return strengths.get(best);
    }
}
