package org.patchlens.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.patchlens.stats.Groups;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

/// Against scikit-learn and PyTorch, as `tools/reference/learning.py` wrote them.
class LearningGoldenTest {
    private static final JsonNode GOLDEN = Golden.json(LearningGoldenTest.class, "learning.json");
    private static final JsonNode OTHER = GOLDEN.get("other");

    /// Gradients are sums of single-precision products; the issue asks for 1e-4.
    private static final Offset<Double> COEFFICIENTS = within(1e-4);

    @Test
    void logisticRegressionHasTheCoefficientsAndProbabilitiesOfScikitLearn() {
        try (TaskPool pool = new TaskPool(2)) {
            for (JsonNode problem : GOLDEN.get("logistic")) {
                FloatMatrix raw = Golden.matrix(problem.get("rows"));
                FloatMatrix rows = Standardization.of(raw).apply(raw);
                int[] classOf = whole(problem.get("classes"));
                int classes = Arrays.stream(classOf).max().orElseThrow() + 1;
                LogisticRegression regression =
                        new LogisticRegression(rows, LogisticRegression.targets(classOf, classes), pool);
                for (JsonNode expected : problem.get("fits")) {
                    check(regression.fit(expected.get("strength").asDouble()), expected, rows, classes);
                }
            }
        }
    }

    private static void check(LogisticRegression.Fit fit, JsonNode expected, FloatMatrix rows, int classes) {
        String what = rows + " at " + expected.get("strength");
        assertThat(fit.converged()).as(what).isTrue();
        double objective = expected.get("objective").asDouble();
        assertThat(fit.objective()).as(what).isCloseTo(objective, within(1e-6 * objective));
        close(what, fit.model().weights(), expected.get("weights"));
        close(what, fit.model().intercepts(), expected.get("intercepts"));
        Predictor.Link link = classes == 2 ? Predictor.Link.SIGMOID : Predictor.Link.SOFTMAX;
        close(what, link.of(fit.model().apply(rows.rows(0, 10))), expected.get("probabilities"));
    }

    @Test
    void ridgeRegressionIsThatOfScikitLearnOnBothSides() {
        FloatMatrix raw = Golden.matrix(OTHER.get("rows"));
        ridge(raw, Golden.row(OTHER.get("target")).reshape(raw.rows(), 1), OTHER.get("ridge"));
        FloatMatrix wide = Golden.matrix(OTHER.get("wide"));
        ridge(wide, Golden.row(OTHER.get("wideClasses")).reshape(wide.rows(), 1), OTHER.get("wideRidge"));
    }

    private static void ridge(FloatMatrix raw, FloatMatrix target, JsonNode expected) {
        FloatMatrix rows = Standardization.of(raw).apply(raw);
        LinearModel model =
                RidgeRegression.of(rows, expected.get("penalty").asDouble()).fit(target);
        close("ridge", model.weights(), expected.get("weights"));
        assertThat((double) model.intercepts().get(0, 0))
                .isCloseTo(expected.get("intercept").asDouble(), COEFFICIENTS);
    }

    @Test
    void nearestNeighborsVoteAsInScikitLearn() {
        Predictor predictor = new Learner.NearestNeighbors(7).fit(otherSet()).predictor();
        close("neighbours", predictor.predict(Golden.matrix(OTHER.get("test"))), OTHER.get("neighbors"));
    }

    @Test
    void theNearestClassMeanIsThatOfScikitLearn() {
        Predictor predictor = new Learner.Prototypes().fit(otherSet()).predictor();
        FloatMatrix chances = predictor.predict(Golden.matrix(OTHER.get("test")));
        int[] expected = whole(OTHER.get("centroid"));
        for (int row = 0; row < expected.length; row++) {
            int fixed = row;
            int best = IntStream.range(0, 3).reduce(0, (a, b) -> chances.get(fixed, b) > chances.get(fixed, a) ? b : a);
            assertThat(best).isEqualTo(expected[row]);
        }
    }

    private static TrainingSet otherSet() {
        FloatMatrix rows = Golden.matrix(OTHER.get("rows"));
        return new TrainingSet(
                rows, Targets.classes(whole(OTHER.get("classes")), 3), Groups.ofSingleRows(rows.rows()), new Seed(0));
    }

    /// The same start and the same batches: what differs is the rounding of single precision, which thirty epochs
    /// of steps carry on.
    @Test
    void aPerceptronFollowsTheLossOfPyTorchEpochByEpoch() {
        JsonNode golden = GOLDEN.get("perceptron");
        FloatMatrix rows = Golden.matrix(golden.get("rows"));
        FloatMatrix targets = LogisticRegression.targets(whole(golden.get("classes")), 3);
        PerceptronSettings settings = new PerceptronSettings(5, 0, 0.01, 0.1, 16, 30, 30);
        PerceptronTraining training = new PerceptronTraining(rows, targets, settings, new Seed(0));
        for (int part = 0; part < 4; part++) {
            float[] start = flat(golden.get("start").get(part));
            System.arraycopy(start, 0, training.parameters()[part], 0, start.length);
        }
        int[] order = IntStream.range(0, rows.rows()).toArray();
        for (int epoch = 0; epoch < 30; epoch++) {
            training.epoch(order);
            double expected = golden.get("losses").get(epoch).asDouble();
            assertThat(training.backward(order, false)).as("epoch %d", epoch).isCloseTo(expected, within(1e-4));
        }
    }

    /// From a start and an order of its own: the loss that PyTorch reaches, within 2 % as the issue asks.
    @Test
    void fromAnotherStartAPerceptronReachesTheLossOfPyTorch() {
        JsonNode golden = GOLDEN.get("perceptron");
        FloatMatrix rows = Golden.matrix(golden.get("big"));
        FloatMatrix targets = LogisticRegression.targets(whole(golden.get("bigClasses")), 3);
        PerceptronSettings settings = new PerceptronSettings(64, 0, 0.003, 2, 32, 60, 60);
        double reached = 0;
        for (int seed = 0; seed < 16; seed++) {
            PerceptronTraining training = new PerceptronTraining(rows, targets, settings, new Seed(seed));
            for (int epoch = 0; epoch < 60; epoch++) {
                training.epoch();
            }
            reached += training.backward(IntStream.range(0, rows.rows()).toArray(), false) / 16;
        }
        double expected = StreamSupport.stream(golden.get("finals").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .average()
                .orElseThrow();
        assertThat(reached).isCloseTo(expected, within(0.02 * expected));
    }

    private static float[] flat(JsonNode node) {
        if (!node.isArray()) {
            return new float[] {node.floatValue()};
        }
        List<float[]> parts = StreamSupport.stream(node.spliterator(), false)
                .map(LearningGoldenTest::flat)
                .toList();
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static void close(String what, FloatMatrix found, JsonNode expected) {
        float[] numbers = flat(expected);
        assertThat(found.size()).as(what).isEqualTo(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            assertThat((double) found.get(i / found.columns(), i % found.columns()))
                    .as("%s, number %d", what, i)
                    .isCloseTo(numbers[i], COEFFICIENTS);
        }
    }

    private static int[] whole(JsonNode list) {
        return IntStream.range(0, list.size()).map(i -> list.get(i).intValue()).toArray();
    }
}
