package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.image.PixelImage;
import org.patchlens.image.raster.PngLabels;
import org.patchlens.mask.LabelMap;
import org.patchlens.mask.MaskClasses;
import org.patchlens.mask.PatchCoverage;
import org.patchlens.mask.PatchPlacement;
import org.patchlens.model.RandomVit;
import org.patchlens.preprocess.Geometry;
import org.patchlens.preprocess.Preprocessing;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// Masks become coverage of patches in the study.
class MaskExtractionTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path images;
    private Path masks;

    @BeforeEach
    void writeModel() throws IOException {
        model = RandomVit.write(folder.resolve("model"), 1);
        images = Files.createDirectories(folder.resolve("images"));
        masks = Files.createDirectories(folder.resolve("masks"));
    }

    private ExtractionOptions options(String study, MaskOptions options) {
        return ExtractionOptions.of(images, model, folder.resolve(study)).withIntake(Intake.DEFAULT.withMasks(options));
    }

    /// A mask of the size of its image: label 1 in the left third, 2 in the lower half of the rest.
    private void maskOf(String image) {
        try {
            BufferedImage picture = ImageIO.read(images.resolve(image).toFile());
            int width = picture.getWidth();
            int height = picture.getHeight();
            BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int label = x < width / 3 ? 1 : y > height / 2 ? 2 : 0;
                    mask.getRaster().setSample(x, y, 0, label);
                }
            }
            ImageIO.write(mask, "png", masks.resolve(image).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FloatMatrix coverageOf(String image, MaskClasses classes) {
        Path mask = masks.resolve(image);
        try (ImageFile file = ImageReaders.open(images.resolve(image), ImageLimits.DEFAULT)) {
            PixelImage pixels = file.read(0);
            FloatMatrix target = FloatMatrix.zeros(1, 3 * RandomVit.SIZE * RandomVit.SIZE);
            Geometry geometry = Preprocessing.read(model).apply(pixels, target).geometry();
            LabelMap labels = LabelMap.of(PngLabels.read(mask, ImageLimits.DEFAULT), mask.toString());
            return PatchCoverage.of(labels, classes, new PatchPlacement(geometry, new PatchGrid(4, 4), 8));
        }
    }

    @Test
    void aStudyHoldsTheCoverageOfEachPatch() {
        SyntheticImages.write(images, 3);
        maskOf("0000.png");
        maskOf("0002.png");

        ExtractionReport report = Extraction.run(options("study", MaskOptions.of(masks)), Progress.NONE);

        assertThat(report.failures()).isEmpty();
        assertThat(report.imagesWithoutMask()).isEqualTo(1);
        MaskClasses classes = MaskClasses.ofLabels(List.of(1, 2));
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.manifest().maskClasses()).containsExactly("label 1", "label 2");
            assertThat(study.coverage(0)).contains(coverageOf("0000.png", classes));
            assertThat(study.coverage(1)).isEmpty();
            assertThat(study.coverage(2)).contains(coverageOf("0002.png", classes));
        }
    }

    @Test
    void coverageSurvivesAnInterruption() {
        SyntheticImages.write(images, 200);
        for (int image = 0; image < 200; image += 3) {
            maskOf("%04d.png".formatted(image));
        }
        Extraction.run(options("reference", MaskOptions.of(masks)), Progress.NONE);

        assertThatThrownBy(() -> Extraction.run(options("study", MaskOptions.of(masks)), (stage, done, total) -> {
                    if (stage.equals("extract") && done >= 150) {
                        throw PatchlensException.interrupted("extract", "stop", "");
                    }
                }))
                .hasMessageContaining("of 200 images are kept");
        ExtractionReport report = Extraction.run(options("study", MaskOptions.of(masks)), Progress.NONE);

        assertThat(report.imagesWithoutMask()).isEqualTo(133);
        assertThat(Trees.checksums(folder.resolve("study"))).isEqualTo(Trees.checksums(folder.resolve("reference")));
    }

    @Test
    void classesAreNamedByAFile() throws IOException {
        SyntheticImages.write(images, 1);
        maskOf("0000.png");
        Path names = folder.resolve("classes.json");
        Files.writeString(names, "{\"1\": \"lung\", \"2\": \"lung\", \"3\": \"heart\"}");

        Extraction.run(options("study", MaskOptions.of(masks).withClasses(names)), Progress.NONE);

        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.manifest().maskClasses()).containsExactly("lung", "heart");
            assertThat(study.coverage(0)).contains(coverageOf("0000.png", MaskClasses.read(names)));
        }
    }

    @Test
    void aColumnOfTheTableNamesTheMasks() throws IOException {
        SyntheticImages.write(images, 3);
        maskOf("0001.png");
        Files.move(masks.resolve("0001.png"), masks.resolve("drawn.png"));
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "file,mask\n0000.png,\n0001.png,drawn.png\n0002.png,lost.png\n");

        ExtractionReport report = Extraction.run(
                options("study", MaskOptions.of(masks).withColumn("mask")).withMetadata(table, Optional.empty()),
                Progress.NONE);

        assertThat(report.imagesWithoutMask()).isEqualTo(1);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.input().id()).isEqualTo("0002.png");
            assertThat(failure.reason()).startsWith("there is no such mask in the folder");
        });
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.coverage(0)).isEmpty();
            assertThat(study.coverage(1)).isPresent();
        }
    }

    @Test
    void aDamagedOrMisfittingMaskFailsItsImageAlone() throws IOException {
        SyntheticImages.write(images, 3);
        maskOf("0000.png");
        Files.write(masks.resolve("0001.png"), new byte[] {1, 2, 3});
        BufferedImage other = new BufferedImage(3, 90, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(other, "png", masks.resolve("0002.png").toFile());

        ExtractionReport report = Extraction.run(options("study", MaskOptions.of(masks)), Progress.NONE);

        assertThat(report.extracted()).isEqualTo(1);
        assertThat(report.failures()).hasSize(2);
        assertThat(report.failures().get(1).reason()).contains("which is another shape");
    }

    @Test
    void aFolderWithoutAFittingMaskIsRefused() {
        SyntheticImages.write(images, 2);

        assertThatThrownBy(() -> Extraction.run(options("study", MaskOptions.of(masks)), Progress.NONE))
                .hasMessageContaining("no mask in it is called like one of the 2 images");
        assertThat(folder.resolve("study")).doesNotExist();
    }

    @Test
    void aColumnThatNamesNoMaskIsRefused() throws IOException {
        SyntheticImages.write(images, 2);
        Path table = folder.resolve("table.csv");
        ExtractionOptions options =
                options("study", MaskOptions.of(masks).withColumn("mask")).withMetadata(table, Optional.empty());

        Files.writeString(table, "file,mask,note\n0000.png,,a\n0001.png,,b\n");
        assertThatThrownBy(() -> Extraction.run(options, Progress.NONE))
                .hasMessageContaining("--mask-column names no mask for any of the 2 images");
        Files.writeString(table, "file,mask\n0000.png,wrong/z.png\n0001.png,wrong/a.png\n");
        assertThatThrownBy(() -> Extraction.run(options, Progress.NONE))
                .hasMessageContaining("none of the masks that --mask-column names is there, for example wrong/a.png");
        assertThat(folder.resolve("study")).doesNotExist();
    }

    @Test
    void slicesShareTheMaskOfTheirVolume() {
        SyntheticScans.volume(images.resolve("brain.nii"));
        SyntheticScans.volumeMask(masks.resolve("brain.nii"));

        Extraction.run(options("study", MaskOptions.of(masks)), Progress.NONE);

        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.images()).hasSize(4);
            for (int slice = 0; slice < 4; slice++) {
                FloatMatrix coverage = study.coverage(slice).orElseThrow();
                assertThat(coverage.get(5, 0)).isEqualTo(slice < 2 ? 1 : 0);
                assertThat(coverage.get(5, 1)).isEqualTo(slice < 2 ? 0 : 1);
            }
        }
    }

    @Test
    void aPictureMaskDoesNotFitOverSlicesThatAreTurned() throws IOException {
        SyntheticScans.series(images.resolve("standard"), 2);
        SyntheticScans.series(images.resolve("turned"), 2, "1\\0\\0\\0\\-1\\0");
        BufferedImage mask = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        mask.getRaster().setSample(0, 0, 0, 1);
        for (String name : List.of("0001.png", "0002.png")) {
            ImageIO.write(mask, "png", masks.resolve(name).toFile());
        }

        ExtractionReport report = Extraction.run(options("study", MaskOptions.of(masks)), Progress.NONE);

        assertThat(report.extracted()).isEqualTo(2);
        assertThat(report.failures()).hasSize(2).allSatisfy(failure -> {
            assertThat(failure.input().id()).startsWith("turned/");
            assertThat(failure.reason()).contains("a picture does not fit over them");
        });
    }
}
