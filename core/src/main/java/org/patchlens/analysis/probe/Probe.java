package org.patchlens.analysis.probe;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.learning.Targets;
import org.patchlens.stats.Evidence;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// What can be read out of the embeddings at every layer: a column of the metadata, predicted by a small model
/// that is trained on some patients and measured on others, beside what chance, pixels and a random encoder reach.
///
/// The unit of every split, permutation and interval is the patient. What is found is in the embedding; whether a
/// downstream model uses it is another question.
public final class Probe {
    /// The entry of the list of analyses.
    public static final Analysis<ProbeOptions, Result> ANALYSIS = new Analysis<>(
            "probe",
            "What the embeddings of each layer know: a metadata column predicted for patients that were held out",
            ProbeOptions.defaults(),
            Probe::of,
            Probe::figures);

    private Probe() {}

    /// What was found.
    ///
    /// @param model the name of the model
    /// @param target the column
    /// @param task whether classes or numbers were predicted
    /// @param learner which kind of model was trained
    /// @param unitOfInference in words
    /// @param sampleCount how many images took part
    /// @param patients how many patients
    /// @param evidence what so many patients allow to be said
    /// @param minimumDetectable the smallest AUROC above 0.5 that a test of so many patients finds with a power of
    ///     80 %; NaN for a regression and for more than two classes
    /// @param margin the size that matters
    /// @param classes one by one, at the layer that is shown
    /// @param layers in ascending order
    /// @param baselines what less than the model reaches
    /// @param shown the layer that curves, predictions and weights are of
    /// @param curves of the predictions; none for a regression
    /// @param grid of patches
    /// @param images of the predictions, their indices in the study
    /// @param truth the class of each image
    /// @param folds the fold in which each image was held out first
    /// @param targets `float[N][1]`, the true class or number
    /// @param predictions `float[N][K]`, the probabilities of the classes, or the number, for each image while its
    ///     patient was held out; the mean over the repeats
    /// @param patchPredictions `float[N x P][K]`, of all patches of the images in the first repeat, where patches
    ///     were trained on; no rows otherwise
    /// @param weights a model of all images
    /// @param warnings whatever a reader must know
    /// @param provenance where it comes from
    public record Result(
            String model,
            String target,
            Targets.Task task,
            ProbeOptions.Kind learner,
            String unitOfInference,
            int sampleCount,
            int patients,
            Evidence evidence,
            double minimumDetectable,
            double margin,
            List<ClassScore> classes,
            List<LayerProbe> layers,
            List<Baseline> baselines,
            Layer shown,
            Optional<Curves> curves,
            PatchGrid grid,
            List<Integer> images,
            List<Integer> truth,
            List<Integer> folds,
            FloatMatrix targets,
            FloatMatrix predictions,
            FloatMatrix patchPredictions,
            ProbeWeights weights,
            List<String> warnings,
            Provenance provenance) {
        public Result {
            classes = List.copyOf(classes);
            layers = List.copyOf(layers);
            baselines = List.copyOf(baselines);
            images = List.copyOf(images);
            truth = List.copyOf(truth);
            folds = List.copyOf(folds);
            warnings = List.copyOf(warnings);
        }

        /// The layer that is shown.
        public LayerProbe shownLayer() {
            return layers.stream()
                    .filter(each -> each.layer().equals(shown))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// One class at the layer that is shown.
    ///
    /// @param name of the class
    /// @param images of it
    /// @param patients with an image of it
    /// @param auroc of the class against the others
    /// @param averagePrecision of the class against the others
    /// @param recall the share of its images that is predicted right
    public record ClassScore(
            String name, int images, int patients, double auroc, double averagePrecision, double recall) {}

    /// The same probe on something simpler.
    ///
    /// @param name what it is
    /// @param layer of a random encoder
    /// @param scores in the same order as those of a layer
    /// @param pValue as of a layer
    public record Baseline(String name, Optional<Layer> layer, List<Score> scores, double pValue) {
        public Baseline {
            scores = List.copyOf(scores);
        }
    }

    /// Curves of the out-of-fold predictions at the layer that is shown.
    ///
    /// @param receiverOperating `float[curves][101]`, the true-positive rate at false-positive rates 0, 0.01 … 1:
    ///     of the second of two classes, or of each against the others
    /// @param calibration `float[curves][10]`, the share that is of the class in ten bins of its probability
    /// @param calibrationCounts `float[curves][10]`, how many images each bin has
    /// @param calibrationError the expected calibration error of each curve, `float[1][curves]`
    /// @param confusion `float[K][K]`, images of each true class (rows) by predicted class
    public record Curves(
            FloatMatrix receiverOperating,
            FloatMatrix calibration,
            FloatMatrix calibrationCounts,
            FloatMatrix calibrationError,
            FloatMatrix confusion) {}

    /// Probes a study; holds the rows of one layer at a time.
    ///
    /// @throws PatchlensException if the target cannot be predicted: no such column, too few patients, one class
    public static Result of(Study study, ProbeOptions options, Progress progress) {
        return new ProbeWork(study, options, progress).result();
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return ProbeFigures.of(result);
    }
}
