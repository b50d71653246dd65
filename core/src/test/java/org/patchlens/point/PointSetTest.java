package org.patchlens.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.neighbor.Metric;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.study.metadata.RowFilter;
import org.patchlens.tensor.FloatMatrix;

/// Six images of 3 x 4 patches: patient a has images 0, 2, 4 and 5, patient b image 1, and of image 3 nothing is
/// known. The mask covers patch p of image i with p / 12 where i is even; odd images have no mask. Every element
/// of the token of patch p of image i is 1 + i + p, that of CLS 100 + i.
class PointSetTest {
    private static final PatchGrid GRID = new PatchGrid(3, 4);
    private static final int IMAGES = 6;
    private static final PointChoice ALL = PointChoice.all(PointUnit.PATCHES);

    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        study = new SyntheticStudy(
                        IMAGES,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        4,
                        2,
                        List.of(new Layer(1), Layer.LAST),
                        (image, layer) -> tokens(image),
                        Optional.empty())
                .with(MetadataColumn.of("Patient-ID", List.of("a", "b", "a", "", "a", "a")))
                .with(new SyntheticStudy.Mask("lung", PointSetTest::coverage))
                .write(folder.resolve("study"));
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Test
    void allPatchesInTheOrderOfTheirImages() {
        PointSet points = PointSet.of(study, ALL);
        assertThat(points.size()).isEqualTo(72);
        for (int point = 0; point < 72; point++) {
            assertThat(points.image(point)).isEqualTo(point / 12);
            assertThat(points.patch(point)).isEqualTo(point % 12);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReaderFindsTheSameRows(Metric metric) {
        PointSource source = new PointSource(study, PointSet.of(study, ALL), Layer.LAST, metric);
        PointReader reader = new PointReader(source);
        for (int image = 0; image < IMAGES; image++) {
            assertThat(reader.rows(image)).isEqualTo(source.rows(image));
            assertThat(reader.norms(image)).isEqualTo(source.norms(image));
        }
    }

    @Test
    void ofTooManyEachImageGivesTheSameNumber() {
        PointSet points = PointSet.of(study, ALL.withMost(20, 7));
        for (int image = 0; image < IMAGES; image++) {
            assertThat(points.patches(image)).hasSize(3).isSorted().doesNotHaveDuplicates();
        }
        assertThat(patches(PointSet.of(study, ALL.withMost(20, 7)))).isEqualTo(patches(points));
        assertThat(patches(PointSet.of(study, ALL.withMost(20, 8)))).isNotEqualTo(patches(points));
    }

    /// Patient a has 48 patches, b and the unknown one 12 each: of 60, a gives what the others leave.
    @Test
    void aPatientWithManyImagesDoesNotOutweighTheOthers() {
        PointChoice byPatient = ALL.withSampleUnit(SampleUnit.PATIENT, Optional.empty());
        PointSet five = PointSet.of(study, byPatient.withEach(5));
        assertThat(ofPatientA(five)).isEqualTo(5);
        assertThat(five.count(1)).isEqualTo(5);
        assertThat(five.count(3)).isEqualTo(5);
        PointSet sixty = PointSet.of(study, byPatient.withMost(60, 1));
        assertThat(ofPatientA(sixty)).isEqualTo(36);
        assertThat(sixty.count(1)).isEqualTo(12);
        assertThat(sixty.count(3)).isEqualTo(12);
    }

    @Test
    void onlyOfTheImagesThatAFilterSelects() {
        PointChoice ofB = ALL.withWhere(RowFilter.parse("patient-id = b or patient-id is missing"));
        PointSet points = PointSet.of(study, ofB);
        assertThat(points.size()).isEqualTo(24);
        assertThat(points.count(1)).isEqualTo(12);
        assertThat(points.count(3)).isEqualTo(12);
        assertThat(PointSet.of(study, ofB.withMost(4, 1)).size()).isEqualTo(4);
        assertThatThrownBy(() -> PointSet.of(study, ofB.withMost(1, 1)))
                .hasMessage("[most] is 1, but there are 2 images. Give at least that.");
    }

    @Test
    void insideAMaskWhereEnoughOfAPatchIsCovered() {
        PointSet points = PointSet.of(study, ALL.withRegion(Optional.of(new MaskRegion("lung", 0.75))));
        assertThat(points.patches(2)).containsExactly(9, 10, 11);
        assertThat(points.count(3)).isZero();
        assertThat(points.size()).isEqualTo(9);
        assertThat(points.image(3)).isEqualTo(2);
        PointSet some = PointSet.of(
                study, ALL.withRegion(Optional.of(new MaskRegion("lung", 0.75))).withMost(4, 1));
        assertThat(some.size()).isEqualTo(3);
        assertThat(some.patch(0)).isGreaterThanOrEqualTo(9);
    }

    @Test
    void rowsAreThoseOfTheChosenPatchesAtAnyLayer() {
        PointSet points = PointSet.of(study, ALL.withMost(20, 7));
        PointSource source = new PointSource(study, points, Layer.LAST, Metric.EUCLIDEAN);
        FloatMatrix all = source.allRows();
        for (int point = 0; point < points.size(); point++) {
            assertThat(all.rowToArray(point)).containsOnly(1 + points.image(point) + points.patch(point));
        }
        assertThat(source.at(new Layer(1)).rows(4)).isEqualTo(source.rows(4));
        assertThat(source.allOf(4).rows(4).rows()).isEqualTo(12);
        assertThat(source.allOf(4).size()).isEqualTo(12);
    }

    @Test
    void underTheCosineRowsHaveLengthOne() {
        PointSource source = new PointSource(study, PointSet.of(study, ALL), Layer.LAST, Metric.COSINE);
        assertThat(source.rows(0).rowToArray(5)).containsOnly(0.5f);
        assertThat(source.norms(0)[5]).isEqualTo(12);
    }

    @Test
    void anImageIsAPointByItsClsTokenOrTheMeanOfItsPatches() {
        PointSource cls = new PointSource(
                study, PointSet.of(study, PointChoice.all(PointUnit.CLS)), Layer.LAST, Metric.EUCLIDEAN);
        assertThat(cls.rows(3).rowToArray(0)).containsOnly(103);
        PointSource mean = new PointSource(
                study, PointSet.of(study, PointChoice.all(PointUnit.MEAN)), Layer.LAST, Metric.EUCLIDEAN);
        assertThat(mean.rows(3).rowToArray(0)).containsOnly(9.5f);
        assertThat(mean.size()).isEqualTo(IMAGES);
    }

    /// Norms are 2 (1 + i + p): the median is near 18, and only the last patches are above 1.7 times that.
    @Test
    void patchesWithAHighNormAreLeftOut() {
        PointSource source = new PointSource(study, PointSet.of(study, ALL), Layer.LAST, Metric.COSINE);
        NormLimit limit = NormLimit.of(source, 1.7, image -> {});
        assertThat(limit.threshold()).isBetween(30f, 31f);
        assertThat(limit.leftOut()).isEqualTo(3);
        assertThat(limit.kept().patches(4)).doesNotContain(11).contains(10);
        assertThat(limit.kept().patches(5)).doesNotContain(10, 11).contains(9);
        assertThat(limit.kept().size()).isEqualTo(69);
    }

    @Test
    void aColumnNamedLikeAPatientIsFound() {
        Patients patients = Patients.get(study.metadata(), Optional.empty());
        assertThat(patients.column()).isEqualTo("Patient-ID");
        assertThat(patients.count()).isEqualTo(3);
        assertThat(patients.numbers()).containsExactly(0, 1, 0, 2, 0, 0);
        assertThatThrownBy(() -> Patients.find(study.metadata(), Optional.of("site")))
                .hasMessageContaining("[metadata column site]");
    }

    @Test
    void whatIsNotThereIsNamedInOneSentence() {
        assertThatThrownBy(() -> PointSet.of(study, ALL.withRegion(Optional.of(new MaskRegion("liver", 0.5)))))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[mask class liver] the masks of the study have the classes lung.");
        assertThatThrownBy(() -> PointSet.of(study, ALL.withMost(5, 1)))
                .hasMessage("[most] is 5, but there are 6 images. Give at least that.");
        assertThatThrownBy(() -> new MaskRegion("lung", 0)).isInstanceOf(PatchlensException.class);
        assertThatThrownBy(() -> PointChoice.all(PointUnit.CLS).withRegion(Optional.of(new MaskRegion("lung", 0.5))))
                .hasMessageContaining("only patches lie in a mask");
    }

    private static long ofPatientA(PointSet points) {
        return IntStream.range(0, points.size())
                .map(points::image)
                .filter(image -> image != 1 && image != 3)
                .count();
    }

    private static List<Integer> patches(PointSet points) {
        return IntStream.range(0, points.size()).map(points::patch).boxed().toList();
    }

    private static FloatMatrix tokens(int image) {
        FloatMatrix tokens = FloatMatrix.zeros(13, 4);
        tokens.row(0).fill(100 + image);
        for (int patch = 0; patch < 12; patch++) {
            tokens.row(patch + 1).fill(1 + image + patch);
        }
        return tokens;
    }

    private static Optional<FloatMatrix> coverage(int image) {
        if (image % 2 == 1) {
            return Optional.empty();
        }
        FloatMatrix coverage = FloatMatrix.zeros(12, 1);
        for (int patch = 0; patch < 12; patch++) {
            coverage.set(patch, 0, patch / 12f);
        }
        return Optional.of(coverage);
    }
}
