package org.patchlens.analysis.probe.segmentation;

import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.stats.Interval;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// Which patches a class of the masks covers, predicted from each patch's embedding alone for patients that were
/// held out, beside what the pixels of the patch and its place predict.
///
/// A patch is predicted as a whole. Laid over the image, each of its pixels has the patch's probability; since the
/// study knows which share of the patch is covered, Dice, IoU and AUROC over pixels follow exactly.
public final class Segmentation {
    /// The entry of the list of analyses.
    public static final Analysis<SegmentationOptions, Result> ANALYSIS = new Analysis<>(
            "probe-segmentation",
            "Which patches a structure covers, predicted from single patches for patients that were held out",
            SegmentationOptions.defaults(),
            Segmentation::of,
            Segmentation::figures);

    private Segmentation() {}

    /// What was found.
    ///
    /// @param model the name of the model
    /// @param grid of patches
    /// @param unitOfInference in words
    /// @param imageCount images that were predicted
    /// @param patients of them
    /// @param trainingImages images of few-shot training; 0 with folds
    /// @param scores per class and layer
    /// @param shown one image
    /// @param images that were predicted, their indices in the study
    /// @param classes of `predictions`, in the order of its columns
    /// @param predictions `float[images x P][classes]`, the out-of-fold probability of each patch at the deepest
    ///     layer
    /// @param warnings whatever a reader must know
    /// @param provenance where it comes from
    public record Result(
            String model,
            PatchGrid grid,
            String unitOfInference,
            int imageCount,
            int patients,
            int trainingImages,
            List<ClassScore> scores,
            ShownImage shown,
            List<Integer> images,
            List<String> classes,
            FloatMatrix predictions,
            List<String> warnings,
            Provenance provenance) {
        public Result {
            scores = List.copyOf(scores);
            images = List.copyOf(images);
            classes = List.copyOf(classes);
            warnings = List.copyOf(warnings);
        }
    }

    /// One class at one layer.
    ///
    /// @param name of the class
    /// @param layer of the embeddings; none for the pixel baseline
    /// @param images with a patch of the class
    /// @param patients of them
    /// @param patchAuroc of all patches of these images, a patch positive if half of it is covered; the mean over
    ///     folds
    /// @param patchDice over whole patches, the mean over images, with the patients' interval
    /// @param patchIou as `patchDice`
    /// @param pixelAuroc of all pixels; the mean over folds
    /// @param pixelDice over pixels, the mean over images, with the patients' interval
    /// @param pixelIou as `pixelDice`
    /// @param falseShare the mean share of an image without the class that is predicted as it; NaN without such
    /// @param choices the strength or epochs that each fold chose
    /// @param worst the images with the smallest Dice
    public record ClassScore(
            String name,
            Optional<Layer> layer,
            int images,
            int patients,
            double patchAuroc,
            Mean patchDice,
            Mean patchIou,
            double pixelAuroc,
            Mean pixelDice,
            Mean pixelIou,
            double falseShare,
            List<Double> choices,
            List<WorstImage> worst) {
        public ClassScore {
            choices = List.copyOf(choices);
            worst = List.copyOf(worst);
        }
    }

    /// A mean over images.
    ///
    /// @param value the mean
    /// @param interval at 95 %, patients drawn
    public record Mean(double value, Interval interval) {}

    /// An image that is predicted badly.
    ///
    /// @param id of it
    /// @param pixelDice of it
    public record WorstImage(String id, double pixelDice) {}

    /// One image with its probabilities.
    ///
    /// @param index of the image in the study
    /// @param id of it
    /// @param name of the class
    /// @param pixelDice of it
    /// @param probability `float[H][W]`
    /// @param coverage `float[H][W]`, the truth
    public record ShownImage(
            int index, String id, String name, double pixelDice, FloatMatrix probability, FloatMatrix coverage) {}

    /// Probes a study.
    ///
    /// @throws org.patchlens.PatchlensException if there are no masks, or too few patients with one
    public static Result of(Study study, SegmentationOptions options, Progress progress) {
        return new SegmentationWork(study, options, progress).result();
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return SegmentationFigures.of(result);
    }
}
