package org.patchlens.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import tools.jackson.databind.JsonNode;

/// Against scipy, scikit-learn and statsmodels, as `tools/reference/stats.py` wrote them.
class StatsGoldenTest {
    private static final JsonNode GOLDEN = Golden.json(StatsGoldenTest.class, "stats.json");

    /// Both sides compute in double precision; sums of a hundred numbers differ in their last digits only.
    private static final Offset<Double> DOUBLE = within(1e-12);

    /// Probabilities are kept in single precision: 2^-24 relative, over sums of a hundred of them.
    private static final Offset<Double> SINGLE = within(2e-6);

    private final JsonNode classes = GOLDEN.get("classification");
    private final Classification classification =
            new Classification(Golden.matrix(classes.get("probabilities")), Golden.row(classes.get("truth")));
    private final double[] weights = numbers(classes.get("weights"));

    @Test
    void measuresOfProbabilitiesAreThoseOfScikitLearn() {
        assertThat(classification.accuracy(weights)).isCloseTo(number(classes, "accuracy"), DOUBLE);
        assertThat(classification.balancedAccuracy(weights)).isCloseTo(number(classes, "balancedAccuracy"), DOUBLE);
        assertThat(classification.brier(weights)).isCloseTo(number(classes, "brier"), SINGLE);
        assertThat(classification.logLoss(weights)).isCloseTo(number(classes, "logLoss"), SINGLE);
        assertThat(classification.confusion(weights)).isEqualTo(Golden.matrix(classes.get("confusion")));
    }

    @Test
    void rankingsAreThoseOfScikitLearnUnderWeightsAndTies() {
        for (int type = 0; type < 3; type++) {
            Ranking ranking = classification.ranking(type);
            assertThat(ranking.auroc(weights))
                    .isCloseTo(classes.get("auroc").get(type).asDouble(), DOUBLE);
            assertThat(ranking.averagePrecision(weights))
                    .isCloseTo(classes.get("averagePrecision").get(type).asDouble(), DOUBLE);
        }
        assertThat(classification.ranking(0).auroc()).isCloseTo(number(classes, "macroAuroc"), DOUBLE);
    }

    @Test
    void theCurvePassesThroughThePointsOfScikitLearn() {
        FloatMatrix curve = classification.ranking(1).curve(11);
        double[] expected = numbers(GOLDEN.get("rocAt"));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) curve.get(0, i)).as("point %d", i).isCloseTo(expected[i], SINGLE);
        }
    }

    @Test
    void calibrationIsThatOfScikitLearn() {
        FloatMatrix bins = classification.calibration(1, 5).bins();
        JsonNode expected = GOLDEN.get("calibration");
        for (int bin = 0; bin < 5; bin++) {
            assertThat((double) bins.get(0, bin))
                    .isCloseTo(expected.get("predicted").get(bin).asDouble(), SINGLE);
            assertThat((double) bins.get(1, bin))
                    .isCloseTo(expected.get("observed").get(bin).asDouble(), SINGLE);
        }
    }

    @Test
    void aurocIntervalsFollowDeLongAndNewcombe() {
        JsonNode binary = GOLDEN.get("binary");
        boolean[] positive = truths(binary.get("positive"));
        double[] scores = numbers(binary.get("scores"));
        assertThat(Ranking.of(scores, positive).auroc()).isCloseTo(number(binary, "auroc"), DOUBLE);
        closeTo(AurocPrecision.deLong(scores, positive), GOLDEN.get("deLong"));
        for (JsonNode one : GOLDEN.get("newcombe")) {
            closeTo(
                    AurocPrecision.newcombe(number(one, "auroc"), number(one, "m"), number(one, "n")),
                    one.get("interval"));
        }
    }

    @Test
    void theMinimumDetectableEffectIsFoundByAnotherRootFinderToo() {
        for (JsonNode one : GOLDEN.get("detectable")) {
            assertThat(AurocPrecision.minimumDetectable(number(one, "m"), number(one, "n")))
                    .isCloseTo(number(one, "detectable"), within(1e-10));
        }
    }

    @Test
    void intervalsOfProportionsAreThoseOfStatsmodels() {
        for (JsonNode one : GOLDEN.get("wilson")) {
            closeTo(ProportionPrecision.wilson(number(one, "hits"), number(one, "all")), one.get("interval"));
        }
        closeTo(ProportionPrecision.newcombeDifference(56, 70, 48, 80), GOLDEN.get("difference"));
    }

    @Test
    void falseDiscoveryRatesAreThoseOfScipy() {
        JsonNode multiple = GOLDEN.get("multiple");
        assertThat(MultipleTesting.benjaminiHochberg(numbers(multiple.get("p"))))
                .containsExactly(numbers(multiple.get("bh")), DOUBLE);
        assertThat(MultipleTesting.benjaminiYekutieli(numbers(multiple.get("p"))))
                .containsExactly(numbers(multiple.get("by")), DOUBLE);
    }

    @Test
    void measuresOfNumbersAreThoseOfScikitLearn() {
        JsonNode regression = GOLDEN.get("regression");
        double[] predicted = numbers(regression.get("predicted"));
        double[] truth = numbers(regression.get("truth"));
        double[] weight = numbers(regression.get("weights"));
        assertThat(Regression.rSquared(predicted, truth, weight)).isCloseTo(number(regression, "r2"), DOUBLE);
        assertThat(Regression.meanAbsoluteError(predicted, truth, weight)).isCloseTo(number(regression, "mae"), DOUBLE);
    }

    /// scikit-learn numbers groups by their value and takes them in that order where nothing else decides.
    @Test
    void withoutALotFoldsAreThoseOfStratifiedGroupKFold() {
        JsonNode folds = GOLDEN.get("folds");
        int[] values = IntStream.range(0, folds.get("groups").size())
                .map(i -> folds.get("groups").get(i).intValue())
                .toArray();
        int[] classOf = IntStream.range(0, values.length)
                .map(i -> folds.get("classes").get(i).intValue())
                .toArray();
        Groups groups = Groups.of(values);
        int[] byValue = IntStream.range(0, groups.count())
                .boxed()
                .sorted((a, b) -> Integer.compare(values[groups.rows(a)[0]], values[groups.rows(b)[0]]))
                .mapToInt(Integer::intValue)
                .toArray();
        GroupedFolds split = GroupedFolds.of(groups, classOf, 4, byValue);
        for (int row = 0; row < values.length; row++) {
            assertThat(split.of(row))
                    .as("row %d", row)
                    .isEqualTo(folds.get("folds").get(row).intValue());
        }
    }

    @Test
    void quantilesAreThoseOfNumpy() {
        double[] sorted = numbers(GOLDEN.get("quantile").get("values"));
        assertThat(ClusterBootstrap.quantile(sorted, 0.025)).isCloseTo(number(GOLDEN.get("quantile"), "q025"), DOUBLE);
        assertThat(ClusterBootstrap.quantile(sorted, 0.975)).isCloseTo(number(GOLDEN.get("quantile"), "q975"), DOUBLE);
    }

    private static void closeTo(Interval interval, JsonNode expected) {
        // halving an interval sixty times leaves 1e-18, the reference's root finder about 1e-12
        assertThat(interval.low()).isCloseTo(expected.get(0).asDouble(), within(1e-10));
        assertThat(interval.high()).isCloseTo(expected.get(1).asDouble(), within(1e-10));
    }

    private static double number(JsonNode node, String name) {
        return node.get(name).asDouble();
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static boolean[] truths(JsonNode list) {
        boolean[] truths = new boolean[list.size()];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = list.get(i).asBoolean();
        }
        return truths;
    }
}
