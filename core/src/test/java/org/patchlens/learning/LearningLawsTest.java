package org.patchlens.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchlens.stats.Groups;
import org.patchlens.stats.Ranking;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Laws of training and of its measurement.
class LearningLawsTest {
    private static FloatMatrix normal(int rows, int columns, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    /// In single precision a difference over 2e-2 is right to about 1e-3 of the largest slope.
    @Test
    void theGradientOfAPerceptronIsItsFiniteDifference() {
        FloatMatrix rows = normal(12, 5, 1);
        FloatMatrix targets = LogisticRegression.targets(
                IntStream.range(0, 12).map(i -> i % 3).toArray(), 3);
        PerceptronSettings settings = new PerceptronSettings(7, 0, 0.01, 0, 12, 1, 1);
        PerceptronTraining training = new PerceptronTraining(rows, targets, settings, new Seed(4));
        int[] all = IntStream.range(0, 12).toArray();
        training.backward(all, false);
        float[][] gradients = new float[4][];
        for (int part = 0; part < 4; part++) {
            gradients[part] = training.gradients()[part].clone();
        }
        for (int part = 0; part < 4; part++) {
            for (int i = 0; i < gradients[part].length; i++) {
                float[] values = training.parameters()[part];
                float before = values[i];
                values[i] = before + 1e-2f;
                double above = training.backward(all, false);
                values[i] = before - 1e-2f;
                double below = training.backward(all, false);
                values[i] = before;
                assertThat((above - below) / 2e-2)
                        .as("part %d, number %d", part, i)
                        .isCloseTo(gradients[part][i], within(2e-3));
            }
        }
    }

    @Test
    void theGradientOfLogisticRegressionIsItsFiniteDifference() {
        FloatMatrix rows = normal(300, 4, 2);
        FloatMatrix targets = LogisticRegression.targets(
                IntStream.range(0, 300).map(i -> i * i % 3).toArray(), 3);
        try (TaskPool pool = new TaskPool(1)) {
            LogisticLoss loss = new LogisticLoss(rows, targets, pool);
            double[][] at = {{0.1, -0.2, 0.3, 0, 0.2}, {0, 0.1, 0, -0.1, 0}, {0.2, 0, -0.3, 0.1, -0.2}};
            double[][] gradient = new double[3][5];
            loss.at(at, gradient);
            double[][] unused = new double[3][5];
            for (int k = 0; k < 3; k++) {
                for (int i = 0; i < 5; i++) {
                    double before = at[k][i];
                    at[k][i] = before + 1e-2;
                    double above = loss.at(at, unused);
                    at[k][i] = before - 1e-2;
                    double below = loss.at(at, unused);
                    at[k][i] = before;
                    // third derivatives of 300 rows times 1e-4 / 6
                    assertThat((above - below) / 2e-2).isCloseTo(gradient[k][i], within(1e-2));
                }
            }
        }
    }

    @Test
    void everyLearnerGivesTheSameBitsForAnyNumberOfThreads() {
        FloatMatrix rows = normal(90, 6, 3);
        int[] classOf =
                IntStream.range(0, 90).map(i -> rows.get(i, 0) > 0 ? 1 : 0).toArray();
        Groups patients = Groups.of(IntStream.range(0, 90).map(i -> i / 2).toArray());
        int[] each = IntStream.range(0, 90).toArray();
        List<Learner> learners = List.of(
                new Learner.Logistic(List.of(0.01, 1.0)),
                new Learner.Ridge(List.of(0.01, 1.0)),
                new Learner.NearestNeighbors(5),
                new Learner.Prototypes(),
                new Learner.Perceptron(new PerceptronSettings(8, 0.2, 0.01, 0.01, 16, 10, 3)));
        for (Learner learner : learners) {
            CrossValidation validation = CrossValidation.of(Targets.classes(classOf, 2), patients, 5, 2, new Seed(1));
            List<FloatMatrix> one = predictions(validation, rows, each, learner, 1);
            assertThat(predictions(validation, rows, each, learner, 2)).isEqualTo(one);
            assertThat(predictions(validation, rows, each, learner, 8)).isEqualTo(one);
            double auroc = auroc(validation, rows, each, learner, classOf);
            assertThat(auroc).as(learner.getClass().getSimpleName()).isGreaterThan(0.85);
        }
    }

    private static List<FloatMatrix> predictions(
            CrossValidation validation, FloatMatrix rows, int[] each, Learner learner, int threads) {
        return validation.run(rows, each, learner, threads, done -> {}).stream()
                .map(CrossValidation.HeldOut::predictions)
                .toList();
    }

    private static double auroc(
            CrossValidation validation, FloatMatrix rows, int[] each, Learner learner, int[] classOf) {
        double sum = 0;
        List<CrossValidation.HeldOut> folds = validation.run(rows, each, learner, 1, done -> {});
        for (CrossValidation.HeldOut fold : folds) {
            double[] scores = new double[fold.samples().size()];
            boolean[] positive = new boolean[scores.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = fold.predictions().get(i, 1);
                positive[i] = classOf[fold.samples().get(i)] == 1;
            }
            sum += Ranking.of(scores, positive).auroc() / folds.size();
        }
        return sum;
    }

    /// Patients whose embedding is all that a label could be read from, and labels that are noise: with a random
    /// split of rows this would be told to perfection.
    @Test
    void aPatientIsNeverTrainedOnWhileItIsPredicted() {
        int patientsCount = 40;
        FloatMatrix ofPatient = normal(patientsCount, 64, 5);
        FloatMatrix rows = FloatMatrix.zeros(patientsCount * 6, 64);
        int[] patientOf = IntStream.range(0, rows.rows()).map(i -> i / 6).toArray();
        RandomGenerator random = new Seed(6).generator();
        int[] labels = IntStream.range(0, patientsCount).map(i -> i % 2).toArray();
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < 64; j++) {
                rows.set(i, j, ofPatient.get(patientOf[i], j) + 0.1f * (float) random.nextGaussian());
            }
        }
        int[] classOf = IntStream.of(patientOf).map(patient -> labels[patient]).toArray();
        int[] each = IntStream.range(0, rows.rows()).toArray();
        CrossValidation validation =
                CrossValidation.of(Targets.classes(classOf, 2), Groups.of(patientOf), 5, 3, new Seed(7));
        double grouped = auroc(validation, rows, each, new Learner.NearestNeighbors(3), classOf);
        CrossValidation leaking =
                CrossValidation.of(Targets.classes(classOf, 2), Groups.ofSingleRows(rows.rows()), 5, 3, new Seed(7));
        double leaked = auroc(leaking, rows, each, new Learner.NearestNeighbors(3), classOf);
        assertThat(leaked).isGreaterThan(0.99);
        assertThat(grouped).isBetween(0.25, 0.75);
    }

    /// 200 studies of 30 patients with 8 images each, rows that correlate within a patient by 0.3, labels of
    /// patients that mean nothing: at 5 %, no more than 8 % may be called found (0.05 plus two standard errors).
    @Test
    void theTestIsCalibratedUnderTheNullHypothesisWithCorrelatedImages() {
        int found = 0;
        try (TaskPool pool = new TaskPool(2)) {
            for (int simulation = 0; simulation < 200; simulation++) {
                found += nullPValue(simulation, true, pool) <= 0.05 ? 1 : 0;
            }
            assertThat(found / 200.0).isBetween(0.01, 0.08);
        }
    }

    /// The same with every image taken for a patient of its own: the wrong unit finds what is not there. Without
    /// this the test above could pass for a test that never finds anything.
    @Test
    void withTheImageAsUnitTheSameTestFindsWhatIsNotThere() {
        int found = 0;
        try (TaskPool pool = new TaskPool(2)) {
            for (int simulation = 0; simulation < 100; simulation++) {
                found += nullPValue(simulation, false, pool) <= 0.05 ? 1 : 0;
            }
            assertThat(found / 100.0).isGreaterThan(0.2);
        }
    }

    private static double nullPValue(int simulation, boolean byPatient, TaskPool pool) {
        int patientsCount = 30;
        int images = patientsCount * 8;
        RandomGenerator random = new Seed(simulation).task(1).generator();
        FloatMatrix rows = FloatMatrix.zeros(images, 8);
        int[] patientOf = IntStream.range(0, images).map(i -> i / 8).toArray();
        for (int j = 0; j < 8; j++) {
            for (int patient = 0; patient < patientsCount; patient++) {
                double common = Math.sqrt(0.3) * random.nextGaussian();
                for (int image = 0; image < 8; image++) {
                    rows.set(patient * 8 + image, j, (float) (common + Math.sqrt(0.7) * random.nextGaussian()));
                }
            }
        }
        int[] labels = IntStream.range(0, patientsCount).map(i -> i % 2).toArray();
        int[] classOf = IntStream.of(patientOf).map(patient -> labels[patient]).toArray();
        Targets targets = Targets.classes(classOf, 2);
        Groups groups = byPatient ? Groups.of(patientOf) : Groups.ofSingleRows(images);
        TrainingSet set = new TrainingSet(rows, targets, groups, new Seed(simulation));
        CrossValidation validation = CrossValidation.of(targets, groups, 5, 1, new Seed(simulation));
        return RidgePermutation.of(set, validation.splits(), 99, pool).pValue();
    }

    @Test
    void theObservedStatisticIsThatOfRidgeItself() {
        FloatMatrix rows = normal(60, 5, 8);
        int[] classOf =
                IntStream.range(0, 60).map(i -> rows.get(i, 1) > 0 ? 1 : 0).toArray();
        Targets targets = Targets.classes(classOf, 2);
        Groups groups = Groups.ofSingleRows(60);
        CrossValidation validation = CrossValidation.of(targets, groups, 4, 1, new Seed(2));
        TrainingSet set = new TrainingSet(rows, targets, groups, new Seed(3));
        try (TaskPool one = new TaskPool(1);
                TaskPool eight = new TaskPool(8)) {
            RidgePermutation test = RidgePermutation.of(set, validation.splits(), 199, one);
            assertThat(test.observed()).isGreaterThan(0.9);
            assertThat(test.pValue()).isEqualTo(0.005);
            assertThat(RidgePermutation.of(set, validation.splits(), 199, eight))
                    .isEqualTo(test);
        }
    }

    @Test
    void aWeakSignalTakesAStrongPenaltyAndAStrongOneAWeakPenalty() {
        FloatMatrix rows = normal(120, 40, 9);
        RandomGenerator random = new Seed(10).generator();
        int[] noise = IntStream.range(0, 120).map(i -> random.nextInt(2)).toArray();
        int[] signal = IntStream.range(0, 120)
                .map(i -> rows.get(i, 0) + rows.get(i, 1) > 0 ? 1 : 0)
                .toArray();
        List<Double> grid = List.of(1e-5, 1e-3, 0.1, 10.0);
        assertThat(choice(rows, noise, grid)).isLessThanOrEqualTo(1e-3);
        assertThat(choice(rows, signal, grid)).isGreaterThanOrEqualTo(0.1);
    }

    private static double choice(FloatMatrix rows, int[] classOf, List<Double> grid) {
        Groups groups = Groups.ofSingleRows(rows.rows());
        TrainingSet set = new TrainingSet(rows, Targets.classes(classOf, 2), groups, new Seed(1));
        return new Learner.Logistic(grid).fit(set).choice();
    }

    @Test
    void aStudyOfPatchesIsScoredByTheMeanLogitOfAnImage() {
        FloatMatrix rows = normal(200, 3, 11);
        int[] sampleOf = IntStream.range(0, 200).map(i -> i / 4).toArray();
        int[] classOf = IntStream.range(0, 50).map(i -> i % 2).toArray();
        for (int row = 0; row < 200; row++) {
            rows.set(row, 0, rows.get(row, 0) + 2 * classOf[sampleOf[row]]);
        }
        CrossValidation validation =
                CrossValidation.of(Targets.classes(classOf, 2), Groups.ofSingleRows(50), 5, 1, new Seed(1));
        List<CrossValidation.HeldOut> folds =
                validation.run(rows, sampleOf, new Learner.Logistic(List.of(1.0)), 2, done -> {});
        CrossValidation.HeldOut fold = folds.getFirst();
        int sample = fold.samples().getFirst();
        FloatMatrix patches = fold.fitted().predictor().predict(rows.rows(4 * sample, 4 * sample + 4));
        double logit = 0;
        for (int i = 0; i < 4; i++) {
            logit += Math.log(patches.get(i, 1) / patches.get(i, 0)) / 4;
        }
        assertThat((double) fold.predictions().get(0, 1)).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-4));
        assertThat(fold.trainingRows()).isEqualTo(160);
    }
}
