package org.patchlens.phantom.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.phantom.anatomy.Sex;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.phantom.scanner.Site;
import org.patchlens.tensor.Seed;

/// The design: what goes with the label, and what does not.
class CohortTest {
    private static List<Patient> cohort(long seed, Shortcut... shortcuts) {
        return Cohort.of(new CohortOptions(60, 1, List.of(shortcuts), new Seed(seed)));
    }

    private static long count(List<Patient> patients, boolean diseased, Predicate<Patient> what) {
        return patients.stream()
                .filter(patient -> patient.diseased() == diseased)
                .filter(what)
                .count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withoutShortcutNothingGoesWithTheLabel(long seed) {
        List<Patient> patients = cohort(seed);
        assertThat(count(patients, true, patient -> true)).isEqualTo(30);
        for (boolean diseased : new boolean[] {true, false}) {
            assertThat(count(patients, diseased, patient -> patient.site() == Site.SOUTH))
                    .isEqualTo(15);
            assertThat(count(patients, diseased, patient -> patient.sex() == Sex.MALE))
                    .isEqualTo(15);
            assertThat(count(patients, diseased, patient -> patient.split() == Split.TRAIN))
                    .isEqualTo(18);
            assertThat(count(patients, diseased, patient -> !patient.marks().isEmpty()))
                    .isZero();
        }
        assertThat(patients.stream().map(Patient::finding).distinct()).hasSize(6);
    }

    @Test
    void aShortcutIsAsStrongAsItIsCalled() {
        List<Patient> patients =
                cohort(1, Shortcut.parse("marker:0.8"), Shortcut.parse("tube:0"), Shortcut.parse("site"));
        assertThat(count(patients, true, patient -> patient.marks().contains(ShortcutKind.MARKER)))
                .isEqualTo(27);
        assertThat(count(patients, false, patient -> patient.marks().contains(ShortcutKind.MARKER)))
                .isEqualTo(3);
        assertThat(count(patients, true, patient -> patient.marks().contains(ShortcutKind.TUBE)))
                .isEqualTo(15);
        assertThat(count(patients, false, patient -> patient.marks().contains(ShortcutKind.TUBE)))
                .isEqualTo(15);
        assertThat(count(patients, true, patient -> patient.site() == Site.SOUTH))
                .isEqualTo(30);
        assertThat(count(patients, false, patient -> patient.site() == Site.SOUTH))
                .isZero();
    }

    /// A test author compares the same bodies with and without what was planted.
    @Test
    void aShortcutDoesNotChangeThePatients() {
        List<Patient> plain = cohort(5);
        List<Patient> planted = cohort(5, Shortcut.parse("marker:1"));
        for (int i = 0; i < plain.size(); i++) {
            assertThat(planted.get(i).seed()).isEqualTo(plain.get(i).seed());
            assertThat(planted.get(i).finding()).isEqualTo(plain.get(i).finding());
            assertThat(planted.get(i).scanner()).isEqualTo(plain.get(i).scanner());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"marker:2", "marker:", "marker:x", "halo:1", "", "marker:NaN"})
    void whatIsNoShortcutIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> Shortcut.parse(text))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[--shortcut " + text + "] ");
    }
}
