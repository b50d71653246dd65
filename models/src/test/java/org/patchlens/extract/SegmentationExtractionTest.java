package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.analysis.Progress;
import org.patchlens.image.dicom.SegmentationWriter;
import org.patchlens.model.RandomVit;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// DICOM segmentations become coverage of patches in the study.
class SegmentationExtractionTest {
    private static final int SIDE = SyntheticScans.SIDE;

    @TempDir
    private Path folder;

    private Path images;
    private Path masks;

    @BeforeEach
    void writeModelAndFolders() throws IOException {
        RandomVit.write(folder.resolve("model"), 1);
        images = Files.createDirectories(folder.resolve("images"));
        masks = Files.createDirectories(folder.resolve("masks"));
    }

    private ExtractionReport extract() {
        return Extraction.run(
                ExtractionOptions.of(images, folder.resolve("model"), folder.resolve("study"))
                        .withIntake(Intake.DEFAULT.withMasks(MaskOptions.of(masks))),
                Progress.NONE);
    }

    private static SegmentationWriter lungAndNodule(SegmentationWriter writer) {
        return writer.segment(1, "lung").segment(2, "nodule");
    }

    private static String at(double height) {
        return "-4\\-4\\" + height;
    }

    @ParameterizedTest
    @CsvSource({"scan.dcm,false", "anything.dcm,true"})
    void theSegmentationOfASeriesCoversItsSlices(String name, boolean fractional) throws IOException {
        SyntheticScans.series(images.resolve("scan"), 4);
        SegmentationWriter writer = fractional ? SegmentationWriter.fractional(SIDE) : SegmentationWriter.binary(SIDE);
        lungAndNodule(writer)
                .full(1, at(0), 100)
                .full(2, at(2.7), 100)
                .full(1, at(7.5), 100)
                .full(2, at(7.5), 100)
                .write(masks.resolve(name));

        ExtractionReport report = extract();

        assertThat(report.failures()).isEmpty();
        assertThat(report.imagesWithoutMask()).isZero();
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.manifest().maskClasses()).containsExactly("lung", "nodule");
            assertCovered(study, 0, 1, 0);
            assertCovered(study, 1, 0, 1);
            assertCovered(study, 2, 0, 0);
            assertCovered(study, 3, 0, 1);
        }
    }

    /// @param slice of the series, counted from the feet
    private static void assertCovered(Study study, int slice, float lung, float nodule) {
        for (int image = 0; image < 4; image++) {
            if (study.images().get(image).id().endsWith(SyntheticScans.fileName(slice, 4))) {
                FloatMatrix coverage = study.coverage(image).orElseThrow();
                assertThat(coverage.get(5, 0)).isEqualTo(lung);
                assertThat(coverage.get(5, 1)).isEqualTo(nodule);
                return;
            }
        }
        throw new AssertionError("slice " + slice + " is not in the study");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-4\\-4\\1.2|1\\0\\0\\0\\1\\0|lies 1.200 mm away from the nearest slice of its image; at most 0.5000"
                        + " mm",
                "-4\\-4\\40|1\\0\\0\\0\\1\\0|lies 32.50 mm away from the nearest slice",
                "-4\\-2\\0|1\\0\\0\\0\\1\\0|the mask lies 2.000 mm away from its image",
                "-4\\-4\\0|1\\0\\0\\0\\-1\\0|mm away from its image",
                "-4\\-4\\1e308|1\\0\\0\\0\\1\\0|away from the nearest slice",
                "-4\\-4\\0|0\\1\\0\\0\\0\\1|the mask has 16 x 16 x 16 voxels"
            })
    void aSegmentationThatLiesElsewhereIsRefused(String corner, String orientation, String reason) throws IOException {
        SyntheticScans.series(images.resolve("scan"), 4);
        lungAndNodule(SegmentationWriter.binary(SIDE))
                .orientation(orientation)
                .full(1, corner, 1)
                .write(masks.resolve("scan.dcm"));

        ExtractionReport report = extract();

        assertThat(report.extracted()).isZero();
        assertThat(report.failures())
                .hasSize(4)
                .allSatisfy(failure -> assertThat(failure.reason()).contains(reason));
    }

    @Test
    void aSegmentationOfOtherRowsAndColumnsIsRefused() throws IOException {
        SyntheticScans.series(images.resolve("scan"), 4);
        lungAndNodule(SegmentationWriter.binary(SIDE - 1)).full(1, at(0), 1).write(masks.resolve("scan.dcm"));

        assertThat(extract().failures())
                .hasSize(4)
                .allSatisfy(failure -> assertThat(failure.reason())
                        .contains("the mask has 15 x 15 x 4 voxels, its image scan/0001.dcm has 16 x 16 x 4"));
    }

    @Test
    void oneNumberWithTwoMeaningsIsRefused() throws IOException {
        for (String scan : new String[] {"one", "two"}) {
            SyntheticScans.series(images.resolve(scan), 2);
            SegmentationWriter.binary(SIDE)
                    .segment(1, "part " + scan)
                    .full(1, at(0), 1)
                    .write(masks.resolve(scan + ".dcm"));
        }

        assertThatThrownBy(this::extract)
                .hasMessageContaining("segment 1 is called \"part two\", but \"part one\" in another mask");
    }

    @Test
    void theOnlySegmentationIsOfNoSeriesWhereThereAreTwo() throws IOException {
        SyntheticScans.series(images.resolve("one"), 2);
        SyntheticScans.series(images.resolve("two"), 2);
        lungAndNodule(SegmentationWriter.binary(SIDE)).full(1, at(0), 1).write(masks.resolve("anything.dcm"));

        assertThatThrownBy(this::extract).hasMessageContaining("no mask in it is called like one of the 4 images");
    }
}
