package org.patchlens.learning;

import java.util.List;
import org.patchlens.stats.GroupedFolds;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// A way to learn. Standardization and every choice are made inside of the rows that are handed over.
public sealed interface Learner {
    /// The tasks of a fit run on the calling thread: folds are what runs side by side.
    TaskPool ALONE = new TaskPool(1);

    /// How many folds the inner choice of a strength is made with.
    int INNER_FOLDS = 3;

    /// Learns from rows.
    Fitted fit(TrainingSet set);

    /// What was learned.
    ///
    /// @param predictor the model
    /// @param choice what was chosen on inner folds: the strength C, or the number of epochs; NaN if nothing was
    record Fitted(Predictor predictor, double choice) {}

    /// Logistic regression; of several strengths the one with the smallest cross-entropy on inner grouped folds.
    ///
    /// @param strengths C, each above 0
    record Logistic(List<Double> strengths) implements Learner {
        public Logistic {
            strengths = strengths.stream().sorted().distinct().toList();
        }

        @Override
        public Fitted fit(TrainingSet set) {
            double strength = Strengths.chosen(
                    set,
                    strengths,
                    Logistic::path,
                    (targets, outputs) -> targets.loss(link(targets).of(outputs)));
            Standardization standardization = Standardization.of(set.rows());
            FloatMatrix rows = standardization.apply(set.rows());
            LinearModel model = new LogisticRegression(rows, set.targets().values(), ALONE)
                    .fit(strength)
                    .model();
            return new Fitted(new Predictor.Linear(standardization, model, link(set.targets())), strength);
        }

        private static List<LinearModel> path(FloatMatrix rows, Targets targets, List<Double> strengths) {
            // an inner choice among strengths needs no more digits than its folds have
            LogisticRegression regression = new LogisticRegression(rows, targets.values(), ALONE, 1e-6);
            return strengths.stream()
                    .map(strength -> regression.fit(strength).model())
                    .toList();
        }

        private static Predictor.Link link(Targets targets) {
            return targets.values().columns() == 1 ? Predictor.Link.SIGMOID : Predictor.Link.SOFTMAX;
        }
    }

    /// Ridge regression of the target, or of the classes as 0 and 1, for which it is linear discriminant analysis
    /// with a shrunken covariance; of several strengths the one with the smallest loss on inner grouped folds.
    ///
    /// @param strengths C, each above 0: the penalty is 1 / C
    record Ridge(List<Double> strengths) implements Learner {
        public Ridge {
            strengths = strengths.stream().sorted().distinct().toList();
        }

        @Override
        public Fitted fit(TrainingSet set) {
            double strength = Strengths.chosen(set, strengths, Ridge::path, Targets::squaredError);
            Standardization standardization = Standardization.of(set.rows());
            FloatMatrix rows = standardization.apply(set.rows());
            LinearModel model =
                    RidgeRegression.of(rows, 1 / strength).fit(set.targets().values());
            return new Fitted(new Predictor.Linear(standardization, model, link(set.targets())), strength);
        }

        private static List<LinearModel> path(FloatMatrix rows, Targets targets, List<Double> strengths) {
            return strengths.stream()
                    .map(strength -> RidgeRegression.of(rows, 1 / strength).fit(targets.values()))
                    .toList();
        }

        static Predictor.Link link(Targets targets) {
            return switch (targets.task()) {
                case CLASSIFICATION -> Predictor.Link.CLIPPED;
                case REGRESSION -> Predictor.Link.IDENTITY;
            };
        }
    }

    /// The classes of the nearest neighbours by cosine; nothing is trained.
    ///
    /// @param neighbors how many, at least 1
    record NearestNeighbors(int neighbors) implements Learner {
        @Override
        public Fitted fit(TrainingSet set) {
            int asked = Math.min(neighbors, set.rows().rows());
            FloatMatrix votes = shares(set.targets());
            return new Fitted(new Predictor.Neighbors(UnitRows.of(set.rows()), votes, asked), Double.NaN);
        }

        /// The chances of all classes; a regression's number itself.
        private static FloatMatrix shares(Targets targets) {
            if (targets.values().columns() > 1 || targets.task() == Targets.Task.REGRESSION) {
                return targets.values();
            }
            FloatMatrix both = FloatMatrix.zeros(targets.size(), 2);
            for (int row = 0; row < targets.size(); row++) {
                both.set(row, 1, targets.values().get(row, 0));
                both.set(row, 0, 1 - targets.values().get(row, 0));
            }
            return both;
        }
    }

    /// The nearest class mean; nothing is trained but the means.
    record Prototypes() implements Learner {
        @Override
        public Fitted fit(TrainingSet set) {
            Standardization standardization = Standardization.of(set.rows());
            FloatMatrix rows = standardization.apply(set.rows());
            double[][] sums = new double[set.targets().classes()][rows.columns()];
            int[] counts = new int[sums.length];
            for (int row = 0; row < rows.rows(); row++) {
                int type = set.targets().stratum(row);
                float[] values = rows.rowToArray(row);
                counts[type]++;
                for (int i = 0; i < values.length; i++) {
                    sums[type][i] += values[i];
                }
            }
            FloatMatrix means = FloatMatrix.zeros(sums.length, rows.columns());
            for (int type = 0; type < sums.length; type++) {
                for (int i = 0; i < rows.columns(); i++) {
                    means.set(type, i, (float) (sums[type][i] / Math.max(1, counts[type])));
                }
            }
            return new Fitted(new Predictor.ClassMeans(standardization, means), Double.NaN);
        }
    }

    /// A perceptron with one hidden layer, whose training ends when the loss of an inner fold's patients has not
    /// become smaller for a while.
    ///
    /// @param settings of the training
    record Perceptron(PerceptronSettings settings) implements Learner {
        private static final int VALIDATION_FOLDS = 5;

        @Override
        public Fitted fit(TrainingSet set) {
            GroupedFolds folds = set.folds(VALIDATION_FOLDS);
            int[] training = folds.training(0);
            Targets validation = set.targets().select(folds.heldOut(0));
            FloatMatrix unseen = TrainingSet.pick(set.rows(), folds.heldOut(0));
            FloatMatrix seen = TrainingSet.pick(set.rows(), training);
            Standardization standardization = Standardization.of(seen);
            PerceptronTraining work = new PerceptronTraining(
                    standardization.apply(seen),
                    set.targets().select(training).values(),
                    settings,
                    set.seed().task(1));
            float[][] best = work.snapshot();
            double least = Double.POSITIVE_INFINITY;
            int bestEpoch = 0;
            for (int epoch = 1; epoch <= settings.epochs() && epoch - bestEpoch <= settings.patience(); epoch++) {
                work.epoch();
                double loss = validation.loss(
                        work.model(work.parameters(), standardization).predict(unseen));
                if (loss < least) {
                    least = loss;
                    bestEpoch = epoch;
                    best = work.snapshot();
                }
            }
            return new Fitted(work.model(best, standardization), bestEpoch);
        }
    }
}
