package org.patchlens.phantom.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.phantom.anatomy.AgeBand;
import org.patchlens.phantom.anatomy.Sex;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.cohort.Patient;
import org.patchlens.phantom.cohort.Split;
import org.patchlens.phantom.lesion.Finding;
import org.patchlens.phantom.scanner.Scanner;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.phantom.scanner.Site;
import org.patchlens.tensor.Seed;

/// Hounsfield units of tissues are those of textbooks, lesions are where their masks say, scanners differ.
class SliceScanTest {
    private static final int PIXELS = 192;
    private static final List<Double> HEIGHTS = List.of(-40.0, 30.0);

    private static PhantomSlice slice(Finding finding, Scanner scanner, Set<ShortcutKind> marks, double height) {
        Patient patient = new Patient(
                "p", Sex.MALE, AgeBand.MIDDLE, finding, Site.NORTH, scanner, Split.TEST, marks, new Seed(3));
        return new SliceScan(patient.subject(HEIGHTS), PIXELS).at(height);
    }

    private static double median(PhantomSlice slice, Tissue tissue) {
        List<Short> values = new ArrayList<>();
        for (int i = 0; i < slice.labels().length; i++) {
            if (Tissue.of(slice.labels()[i]) == tissue) {
                values.add(slice.hounsfield()[i]);
            }
        }
        assertThat(values).as(tissue.word()).hasSizeGreaterThan(5);
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "LUNG, -920, -740",
        "AIRWAY, -1024, -700",
        "FAT, -125, -70",
        "SOFT_TISSUE, 20, 75",
        "HEART, 25, 65",
        "BONE, 150, 900",
        "BACKGROUND, -1024, -985"
    })
    void tissuesHaveTheirHounsfieldUnits(Tissue tissue, int least, int most) {
        assertThat(median(slice(Finding.NONE, Scanner.ALDER_64, Set.of(), -10), tissue))
                .isBetween((double) least, (double) most);
    }

    @ParameterizedTest
    @CsvSource({
        "GROUND_GLASS, GROUND_GLASS, -700, -250",
        "CONSOLIDATION, CONSOLIDATION, -150, 90",
        "NODULES, NODULE, -300, 120",
        "EFFUSION, EFFUSION, -15, 45",
        "EMPHYSEMA, EMPHYSEMA, -1000, -880"
    })
    void lesionsAreWhereTheirMasksSay(Finding finding, Tissue tissue, int least, int most) {
        for (double height : HEIGHTS) {
            assertThat(median(slice(finding, Scanner.ALDER_64, Set.of(), height), tissue))
                    .isBetween((double) least, (double) most);
        }
    }

    @ParameterizedTest
    @CsvSource({"MARKER, MARKER, 1500, 3071", "TUBE, TUBE, -1024, 3071", "TEXT, TEXT, 3071, 3071"})
    void whatIsPlantedIsInThePictureAndItsMask(ShortcutKind kind, Tissue tissue, int least, int most) {
        assertThat(median(slice(Finding.NONE, Scanner.ALDER_64, Set.of(kind), 30), tissue))
                .isBetween((double) least, (double) most);
        PhantomSlice plain = slice(Finding.NONE, Scanner.ALDER_64, Set.of(), 30);
        for (byte label : plain.labels()) {
            assertThat(Tissue.of(label)).isNotEqualTo(tissue);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scanner.class,
            names = {"BIRCH_128", "BIRCH_20"})
    void theScannersOfTheSecondSiteAreNoisier(Scanner scanner) {
        double quiet = noise(slice(Finding.NONE, Scanner.ALDER_64, Set.of(), -40));
        assertThat(noise(slice(Finding.NONE, scanner, Set.of(), -40))).isGreaterThan(1.15 * quiet);
    }

    /// Differences between neighbours in the heart, where nothing but noise is sharp.
    private static double noise(PhantomSlice slice) {
        double squares = 0;
        int count = 0;
        for (int i = 1; i < slice.labels().length; i++) {
            if (Tissue.of(slice.labels()[i]) == Tissue.HEART && Tissue.of(slice.labels()[i - 1]) == Tissue.HEART) {
                double difference = slice.hounsfield()[i] - slice.hounsfield()[i - 1];
                if (Math.abs(difference) < 150) {
                    squares += difference * difference;
                    count++;
                }
            }
        }
        return Math.sqrt(squares / count);
    }
}
