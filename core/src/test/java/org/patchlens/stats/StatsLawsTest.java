package org.patchlens.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// What must hold of any rows: patients stay whole, p-values are never 0, weights count as repetitions.
class StatsLawsTest {
    private static final int PATIENTS = 40;
    private static final int IMAGES = 160;

    private final int[] patientOf =
            IntStream.range(0, IMAGES).map(i -> i * 7 % PATIENTS).toArray();
    private final Groups patients = Groups.of(patientOf);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void noPatientIsInTwoFoldsAndEveryFoldHasEveryClass(long seed) {
        int[] classOf =
                IntStream.of(patientOf).map(patient -> patient % 4 == 0 ? 1 : 0).toArray();
        GroupedFolds folds = GroupedFolds.of(patients, classOf, 5, new Seed(seed));
        for (int fold = 0; fold < 5; fold++) {
            int[] heldOut = folds.heldOut(fold);
            int[] training = folds.training(fold);
            assertThat(heldOut.length + training.length).isEqualTo(IMAGES);
            assertThat(Arrays.stream(heldOut).map(patients::of).boxed())
                    .doesNotContainAnyElementsOf(
                            Arrays.stream(training).map(patients::of).boxed().toList());
            assertThat(Arrays.stream(heldOut)
                            .map(row -> classOf[row])
                            .distinct()
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void anotherSeedMakesOtherFolds() {
        int[] classOf = new int[IMAGES];
        GroupedFolds first = GroupedFolds.of(patients, classOf, 5, new Seed(1));
        GroupedFolds second = GroupedFolds.of(patients, classOf, 5, new Seed(2));
        assertThat(IntStream.range(0, IMAGES)
                        .filter(i -> first.of(i) != second.of(i))
                        .count())
                .isPositive();
    }

    @Test
    void aPermutationKeepsThePatientsLabelTogether() {
        int[] labels = IntStream.of(patientOf).map(patient -> patient % 3).toArray();
        LabelPermutation permutation = LabelPermutation.of(patients, labels);
        assertThat(permutation.isConstantWithinGroups()).isTrue();
        int[] from = permutation.draw(new Seed(5).generator());
        int[] drawn = IntStream.of(from).map(row -> labels[row]).toArray();
        for (int group = 0; group < patients.count(); group++) {
            assertThat(Arrays.stream(patients.rows(group))
                            .map(row -> drawn[row])
                            .distinct()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(drawn).isNotEqualTo(labels);
        assertThat(permutation.exchangeableShare()).isEqualTo(1);
    }

    @Test
    void labelsThatDifferWithinAPatientAreExchangedBetweenPatientsOfEqualSize() {
        Groups uneven = Groups.of(0, 0, 1, 1, 2, 2, 2, 3);
        int[] labels = {0, 1, 1, 1, 0, 0, 1, 0};
        LabelPermutation permutation = LabelPermutation.of(uneven, labels);
        assertThat(permutation.isConstantWithinGroups()).isFalse();
        assertThat(permutation.exchangeableShare()).isEqualTo(0.5);
        for (int seed = 0; seed < 20; seed++) {
            int[] from = permutation.draw(new Seed(seed).generator());
            assertThat(Arrays.stream(from).sorted()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(from[7]).isEqualTo(7);
            assertThat(uneven.of(from[4])).isEqualTo(2);
            assertThat(uneven.of(from[0])).isEqualTo(uneven.of(from[1])).isLessThan(2);
        }
    }

    @Test
    void aPValueCountsTheObservedOrder() {
        assertThat(LabelPermutation.pValue(0.9, new double[] {0.1, 0.9, 0.5})).isEqualTo(0.5);
        assertThat(LabelPermutation.pValue(2, new double[999])).isEqualTo(0.001);
        assertThat(LabelPermutation.pValue(2, new double[] {Double.NaN})).isEqualTo(1);
        assertThat(MultipleTesting.fewestPermutations(50)).isEqualTo(999);
    }

    @Test
    void aWeightIsARepetition() {
        double[] scores = {0.1, 0.4, 0.4, 0.8, 0.3};
        boolean[] positive = {false, true, false, true, true};
        double weighted = Ranking.of(scores, positive).auroc(new double[] {2, 1, 3, 1, 0});
        double[] repeated = {0.1, 0.1, 0.4, 0.4, 0.4, 0.4, 0.8};
        boolean[] repeatedPositive = {false, false, true, false, false, false, true};
        assertThat(weighted).isEqualTo(Ranking.of(repeated, repeatedPositive).auroc());
        assertThat(Ranking.of(scores, positive).auroc(new double[] {1, 0, 1, 0, 0}))
                .isNaN();
    }

    /// 40 patients with 4 equal images each are 40 observations: the interval is as wide as theirs, twice as wide
    /// as that of 160 independent rows.
    @Test
    void theBootstrapDrawsPatients() {
        RandomGenerator random = new Seed(3).generator();
        double[] ofPatient = random.doubles(PATIENTS).toArray();
        double[] values = IntStream.of(patientOf)
                .mapToDouble(patient -> ofPatient[patient])
                .toArray();
        try (TaskPool pool = new TaskPool(2)) {
            double clustered = mean(patients, values, pool).halfWidth();
            double single = mean(Groups.ofSingleRows(IMAGES), values, pool).halfWidth();
            assertThat(clustered / single).isCloseTo(2, within(0.15));
        }
    }

    private static Interval mean(Groups groups, double[] values, TaskPool pool) {
        return new ClusterBootstrap(groups, ClusterBootstrap.REPLICATES, new Seed(1))
                .percentiles(
                        weights -> {
                            double sum = 0;
                            double all = 0;
                            for (int i = 0; i < values.length; i++) {
                                sum += weights[i] * values[i];
                                all += weights[i];
                            }
                            return sum / all;
                        },
                        pool);
    }

    @Test
    void theBootstrapDoesNotDependOnThreads() {
        double[] values = new Seed(4).generator().doubles(IMAGES).toArray();
        try (TaskPool one = new TaskPool(1);
                TaskPool eight = new TaskPool(8)) {
            assertThat(mean(patients, values, eight)).isEqualTo(mean(patients, values, one));
        }
    }

    /// The half-widths that the specification computed for an AUROC of 0.8 and a sensitivity of 0.8.
    @ParameterizedTest
    @CsvSource({"10, 40, 0.175", "20, 80, 0.123", "50, 200, 0.077", "100, 400, 0.055", "200, 800, 0.039"})
    void precisionGrowsWithPatients(int positives, int negatives, double halfWidth) {
        double reach = 1.96 * AurocPrecision.standardError(0.8, positives, negatives);
        assertThat(reach).isCloseTo(halfWidth, within(0.0006));
    }

    @ParameterizedTest
    @CsvSource({
        "9, 5, 4, SUPPRESSED",
        "19, 10, 9, DESCRIPTIVE",
        "30, 9, 21, DESCRIPTIVE",
        "20, 10, 10, ESTIMATE",
        "60, 29, 31, ESTIMATE",
        "60, 30, 30, VERDICT",
    })
    void patientsAllowEvidence(int all, int positives, int negatives, Evidence expected) {
        assertThat(Evidence.of(all, positives, negatives)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DESCRIPTIVE, 0.2, 0.3, 0.001, INSUFFICIENT_DATA",
        "VERDICT, NaN, 0.3, 0.001, INSUFFICIENT_DATA",
        "VERDICT, -0.02, 0.09, 0.2, INCONCLUSIVE",
        "VERDICT, -0.04, 0.04, 0.5, BELOW_THRESHOLD",
        "VERDICT, 0.01, 0.04, 0.01, BELOW_THRESHOLD",
        "VERDICT, 0.02, 0.09, 0.01, DETECTED_SIZE_UNCERTAIN",
        "VERDICT, 0.06, 0.2, 0.2, DETECTED_SIZE_UNCERTAIN",
        "ESTIMATE, 0.06, 0.2, 0.001, ABOVE_THRESHOLD",
        "VERDICT, -0.2, -0.06, 0.001, ABOVE_THRESHOLD",
    })
    void aVerdictIsOneOfFiveStates(Evidence evidence, double low, double high, double q, Verdict expected) {
        Interval effect = new Interval(low, high, Interval.Method.CLUSTER_BOOTSTRAP);
        assertThat(Verdict.of(evidence, effect, 0.05, q)).isEqualTo(expected);
    }

    @Test
    void overlapsAddUp() {
        Overlap overlap = new Overlap(6, 8, 10).plus(new Overlap(0, 2, 0));
        assertThat(overlap.dice()).isCloseTo(12 / 20.0, within(1e-15));
        assertThat(overlap.intersectionOverUnion()).isCloseTo(6 / 14.0, within(1e-15));
        assertThat(Overlap.NONE.dice()).isNaN();
    }
}
