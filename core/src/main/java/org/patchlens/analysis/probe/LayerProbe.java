package org.patchlens.analysis.probe;

import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.stats.Interval;
import org.patchlens.stats.Verdict;

/// What a probe found at one layer.
///
/// @param layer of the embeddings
/// @param scores the most important first
/// @param control the first score of the same probe trained on labels permuted by patient
/// @param selectivity the first score less the control
/// @param pValue of the patient-level permutation test with ridge regression refitted, (b + 1) / (B + 1); NaN
///     without a test
/// @param qValue of Benjamini and Hochberg over the layers
/// @param qValueAnyDependence of Benjamini and Yekutieli over the layers
/// @param overBaseline the first score less that of the best baseline, with its paired interval
/// @param verdict of the first score against chance
/// @param folds one by one
public record LayerProbe(
        Layer layer,
        List<Score> scores,
        double control,
        double selectivity,
        double pValue,
        double qValue,
        double qValueAnyDependence,
        Difference overBaseline,
        Verdict verdict,
        List<FoldScore> folds) {
    public LayerProbe {
        scores = List.copyOf(scores);
        folds = List.copyOf(folds);
    }

    /// The first score.
    public Score first() {
        return scores.getFirst();
    }

    LayerProbe withFamily(double newQValue, double newAnyDependence, Verdict newVerdict) {
        return new LayerProbe(
                layer,
                scores,
                control,
                selectivity,
                pValue,
                newQValue,
                newAnyDependence,
                overBaseline,
                newVerdict,
                folds);
    }

    /// How much better than a baseline.
    ///
    /// @param baseline its name
    /// @param value the difference
    /// @param interval of the difference, the same patients drawn for both
    public record Difference(String baseline, double value, Interval interval) {}

    /// One held-out fold.
    ///
    /// @param repeat the number of the deal, from 0
    /// @param fold its number, from 0
    /// @param trainingRows how many rows were trained on
    /// @param samples how many images were held out
    /// @param patients how many patients were held out
    /// @param choice the strength C or the number of epochs that inner folds chose, if any
    /// @param values of the scores, in their order
    public record FoldScore(
            int repeat,
            int fold,
            int trainingRows,
            int samples,
            int patients,
            Optional<Double> choice,
            List<Double> values) {
        public FoldScore {
            values = List.copyOf(values);
        }
    }
}
