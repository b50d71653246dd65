package org.patchlens.analysis.probe.segmentation;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.OptionRange;
import org.patchlens.embedding.Layer;
import org.patchlens.learning.Learner;
import org.patchlens.learning.PerceptronSettings;

/// What is segmented, and how.
///
/// @param classes of the masks; all if empty
/// @param threshold the coverage from which a patch counts as covered; the coverage itself is the target if empty
/// @param where the images that take part
/// @param group the column that tells patients apart
/// @param layers all that are probed; the deepest if empty
/// @param kind of model
/// @param costGrid strengths C to choose from
/// @param hidden units of the perceptron
/// @param patches per image that are trained on
/// @param folds of the cross-validation
/// @param trainImages ids of the images that alone are trained on
/// @param image the id of the image that is shown
/// @param execution seed of everything that is drawn, and threads
public record SegmentationOptions(
        @Doc("Classes of the masks to predict; without it, all")
        List<String> classes,

        @Doc(
                value = "Coverage from which a patch is trained on as covered; without it, the coverage is the target",
                min = 0.001,
                max = 1)
        Optional<Double> threshold,

        @Doc("Images that take part, such as \"site = A\"; without it, all that have a mask")
        Optional<String> where,

        @Doc("Column whose images stay together in a fold; without it, patient, patient_id or subject")
        Optional<String> group,

        @Doc("Layers to probe; without it, the deepest that the study holds")
        List<Layer> layers,

        @Doc("Model: logistic regression, ridge, or mlp") Kind kind,

        @Doc("Strengths C to choose from on inner folds; larger for a weaker penalty")
        List<Double> costGrid,

        @Doc(value = "Hidden units of the mlp probe", min = 1, max = 4096)
        int hidden,

        @Doc(value = "Patches of each image to train on at most, drawn by lot", min = 1, max = MOST_PATCHES)
        int patches,

        @Doc(value = "Folds; a patient is in one of them", min = 2, max = 20)
        int folds,

        @Doc("Ids of the only images to train on, all others are predicted: few-shot")
        List<String> trainImages,

        @Doc("Id of the image to show; without it, the one with the median Dice")
        Optional<String> image,

        Execution execution) {
    private static final int MOST_PATCHES = 65_536;

    /// Which model is trained.
    public enum Kind {
        /// Logistic regression with a squared penalty.
        LOGISTIC,
        /// Ridge regression of the coverage.
        RIDGE,
        /// A perceptron with one hidden layer.
        MLP
    }

    public SegmentationOptions {
        classes = List.copyOf(classes);
        layers = layers.stream().sorted().distinct().toList();
        costGrid = costGrid.stream().sorted().distinct().toList();
        trainImages = List.copyOf(trainImages);
        threshold.ifPresent(value -> OptionRange.check("threshold", value, 0.001, 1));
        OptionRange.check("hidden", hidden, 1, 4096);
        OptionRange.check("patches", patches, 1, MOST_PATCHES);
        OptionRange.check("folds", folds, 2, 20);
        if (costGrid.isEmpty() || costGrid.size() > 100) {
            throw PatchlensException.usage("cost-grid", "takes 1 to 100 strengths", "");
        }
        costGrid.forEach(strength -> OptionRange.check("cost-grid", strength, 1e-12, 1e12));
    }

    /// All classes at the deepest layer by logistic regression on the coverage, 64 patches per image, five folds.
    public static SegmentationOptions defaults() {
        return new SegmentationOptions(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Kind.LOGISTIC,
                List.of(1e-4, 1e-3, 1e-2, 0.1, 1.0),
                64,
                64,
                5,
                List.of(),
                Optional.empty(),
                Execution.defaults());
    }

    /// The model that is asked for.
    Learner learner() {
        return switch (kind) {
            case LOGISTIC -> new Learner.Logistic(costGrid);
            case RIDGE -> new Learner.Ridge(costGrid);
            case MLP -> new Learner.Perceptron(new PerceptronSettings(hidden, 0.1, 3e-3, 0.01, 256, 100, 8));
        };
    }
}
