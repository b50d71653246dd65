package org.patchlens.analysis.probe;

import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Doc;
import org.patchlens.analysis.Execution;
import org.patchlens.analysis.OptionRange;
import org.patchlens.embedding.Layer;
import org.patchlens.learning.Learner;
import org.patchlens.learning.PerceptronSettings;

/// What is probed, and how.
///
/// @param task what is predicted, and of which images
/// @param rows what is trained on
/// @param layers all that are stored if empty
/// @param show the layer whose predictions, curves and weights are kept
/// @param model that is trained
/// @param validation how it is judged
/// @param execution seed of everything that is drawn, and threads
public record ProbeOptions(
        Task task,
        Rows rows,

        @Doc("Layers to probe; without it, all that the study holds")
        List<Layer> layers,

        @Doc("Layer whose predictions, curves and weights are kept; without it, the deepest that is probed")
        Optional<Layer> show,

        Model model,
        Validation validation,
        Execution execution) {

    /// What is trained on.
    public enum Unit {
        /// One row per image.
        IMAGE,
        /// Some patches of each image, with the image's label.
        PATCH
    }

    /// How an image becomes one row.
    public enum Pool {
        /// The mean of the patches.
        MEAN,
        /// The CLS token.
        CLS,
        /// The largest number of each dimension over the patches.
        MAX,
        /// The mean of the patches of the region.
        REGION
    }

    /// Which model is trained.
    public enum Kind {
        /// Logistic regression with a squared penalty.
        LOGISTIC,
        /// Ridge regression; for classes it is linear discriminant analysis with a shrunken covariance.
        RIDGE,
        /// Nearest neighbours by cosine.
        KNN,
        /// The nearest class mean.
        PROTOTYPE,
        /// A perceptron with one hidden layer.
        MLP
    }

    /// What is predicted, and of which images.
    ///
    /// @param target the column of the metadata
    /// @param regress whether the target is a number
    /// @param classes of the target that take part; all if empty
    /// @param where the images that take part, see [org.patchlens.study.metadata.RowFilter]
    /// @param group the column that tells patients apart
    public record Task(
            @Doc("Column of the metadata that is predicted") String target,

            @Doc("Predict a number instead of a class, by ridge regression")
            boolean regress,

            @Doc("Values of the target that take part; without it, all")
            List<String> classes,

            @Doc("Images that take part, such as \"site = A and age >= 60\"; without it, all")
            Optional<String> where,

            @Doc("Column whose images stay together in a fold; without it, patient, patient_id or subject")
            Optional<String> group) {
        public Task {
            classes = List.copyOf(classes);
        }
    }

    /// What one row of the training is.
    ///
    /// @param unit what is trained on
    /// @param pool how an image becomes one row
    /// @param region the mask class whose patches count
    /// @param coverage of a patch of the region, above 0
    /// @param patches per image at most
    public record Rows(
            @Doc("What is trained on: one row per image, or patches, whose logits are then averaged over the image")
            Unit unit,

            @Doc("How an image becomes one row: the mean or maximum of its patches, its CLS token, or the mean over a"
                    + " region")
            Pool pool,

            @Doc("Mask class whose patches count, for --pool region or --unit patch")
            Optional<String> region,

            @Doc(value = "Share of a patch that the region covers at least", min = 0.001, max = 1)
            double coverage,

            @Doc(value = "Patches of each image at most, drawn by lot, for --unit patch", min = 1, max = MOST_PATCHES)
            int patches) {
        private static final int MOST_PATCHES = 4096;

        public Rows {
            OptionRange.check("coverage", coverage, 0.001, 1);
            OptionRange.check("patches", patches, 1, MOST_PATCHES);
        }

        /// The rows that a saved probe takes: of patches as many as are allowed.
        static Rows of(ProbeWeights weights) {
            return new Rows(weights.unit(), weights.pool(), weights.region(), weights.coverage(), MOST_PATCHES);
        }
    }

    /// What is trained.
    ///
    /// @param kind of model
    /// @param costGrid strengths C to choose from
    /// @param neighbors of the nearest-neighbour probe
    /// @param perceptron of the kind `MLP`
    public record Model(
            @Doc("Model: logistic regression, ridge, knn, prototype (nearest class mean) or mlp")
            Kind kind,

            @Doc("Strengths C to choose from on inner folds; larger for a weaker penalty")
            List<Double> costGrid,

            @Doc(value = "Neighbours of the knn probe", min = 1, max = 1000)
            int neighbors,

            Perceptron perceptron) {
        private static final int MOST_STRENGTHS = 100;

        public Model {
            costGrid = costGrid.stream().sorted().distinct().toList();
            OptionRange.check("neighbors", neighbors, 1, 1000);
            if (costGrid.isEmpty() || costGrid.size() > MOST_STRENGTHS) {
                throw PatchlensException.usage("cost-grid", "takes 1 to " + MOST_STRENGTHS + " strengths", "");
            }
            costGrid.forEach(strength -> OptionRange.check("cost-grid", strength, 1e-12, 1e12));
        }
    }

    /// How a perceptron with one hidden layer is trained.
    ///
    /// @param hidden units
    /// @param dropout share of hidden units
    /// @param learningRate of Adam
    /// @param weightDecay decoupled from the gradient
    /// @param epochs at most
    public record Perceptron(
            @Doc(value = "Hidden units of the mlp probe", min = 1, max = 4096)
            int hidden,

            @Doc(value = "Share of hidden units dropped while the mlp probe is trained", min = 0, max = 0.95)
            double dropout,

            @Doc(value = "Learning rate of the mlp probe", min = 1e-6, max = 1)
            double learningRate,

            @Doc(value = "Weight decay of the mlp probe", min = 0, max = 10)
            double weightDecay,

            @Doc(value = "Epochs of the mlp probe at most", min = 1, max = 10_000)
            int epochs) {
        private static final int BATCH = 128;
        private static final int PATIENCE = 20;

        public Perceptron {
            OptionRange.check("hidden", hidden, 1, 4096);
            OptionRange.check("dropout", dropout, 0, 0.95);
            OptionRange.check("learning-rate", learningRate, 1e-6, 1);
            OptionRange.check("weight-decay", weightDecay, 0, 10);
            OptionRange.check("epochs", epochs, 1, 10_000);
        }

        private PerceptronSettings settings() {
            return new PerceptronSettings(hidden, dropout, learningRate, weightDecay, BATCH, epochs, PATIENCE);
        }
    }

    /// How the probe is judged.
    ///
    /// @param folds of the cross-validation
    /// @param repeats of the cross-validation
    /// @param permutations of the test against chance
    /// @param baselineStudy the folder beside this study's with a random encoder's embeddings of the same images
    /// @param margin the AUROC or R² above chance that matters
    public record Validation(
            @Doc(value = "Folds; a patient is in one of them", min = 2, max = 20)
            int folds,

            @Doc(value = "How often patients are dealt into folds anew", min = 1, max = 100)
            int repeats,

            @Doc(
                    value = "Permutations of the patients' labels for the p-value; 0 for none",
                    min = 0,
                    max = MOST_PERMUTATIONS)
            int permutations,

            @Doc("Study of the same images by extract --random-weights, a folder beside this one, as another baseline")
            Optional<String> baselineStudy,

            @Doc(value = "AUROC or R² above chance that matters in practice", min = 0.001, max = 0.5)
            double margin) {
        private static final int MOST_PERMUTATIONS = 100_000;

        public Validation {
            OptionRange.check("folds", folds, 2, 20);
            OptionRange.check("repeats", repeats, 1, 100);
            OptionRange.check("permutations", permutations, 0, MOST_PERMUTATIONS);
            OptionRange.check("margin", margin, 0.001, 0.5);
        }
    }

    public ProbeOptions {
        layers = layers.stream().sorted().distinct().toList();
    }

    /// The column `label`, one row per image by the mean of its patches, logistic regression of seven strengths,
    /// five folds three times, 999 permutations.
    public static ProbeOptions defaults() {
        return new ProbeOptions(
                new Task("label", false, List.of(), Optional.empty(), Optional.empty()),
                new Rows(Unit.IMAGE, Pool.MEAN, Optional.empty(), 0.5, 32),
                List.of(),
                Optional.empty(),
                new Model(
                        Kind.LOGISTIC,
                        List.of(1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0),
                        20,
                        new Perceptron(256, 0.1, 1e-3, 0.01, 200)),
                new Validation(5, 3, 999, Optional.empty(), 0.05),
                Execution.defaults());
    }

    /// The model that is asked for.
    Learner learner() {
        if (task.regress) {
            return new Learner.Ridge(model.costGrid);
        }
        return switch (model.kind) {
            case LOGISTIC -> new Learner.Logistic(model.costGrid);
            case RIDGE -> new Learner.Ridge(model.costGrid);
            case KNN -> new Learner.NearestNeighbors(model.neighbors);
            case PROTOTYPE -> new Learner.Prototypes();
            case MLP -> new Learner.Perceptron(model.perceptron.settings());
        };
    }
}
