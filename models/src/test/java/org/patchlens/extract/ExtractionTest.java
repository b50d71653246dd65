package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.model.RandomVit;
import org.patchlens.model.VitModel;
import org.patchlens.model.VitSession;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.preprocess.Preprocessing;
import org.patchlens.preprocess.Size;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

class ExtractionTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path images;

    @BeforeEach
    void writeModel() {
        model = RandomVit.write(folder.resolve("model"), 1);
        images = folder.resolve("images");
    }

    private ExtractionOptions options(String study) {
        return ExtractionOptions.of(images, model, folder.resolve(study));
    }

    @Test
    void aStudyHoldsWhatTheModelGivesForEachImage() {
        SyntheticImages.write(images, 5);

        ExtractionReport report = Extraction.run(
                options("study").withLayers(new LayerSelection.All()).withDtype(ElementType.F32), Progress.NONE);

        assertThat(report.extracted()).isEqualTo(5);
        assertThat(report.failures()).isEmpty();
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.isComplete()).isTrue();
            assertThat(study.images())
                    .extracting(image -> image.id())
                    .containsExactly("0000.png", "0001.png", "0002.png", "0003.png", "0004.png");
            for (Layer layer : List.of(new Layer(0), new Layer(2), Layer.LAST)) {
                assertThat(study.embeddings(3, layer).tokens()).isEqualTo(tokensWithoutAPipeline("0003.png", layer));
            }
        }
    }

    private FloatMatrix tokensWithoutAPipeline(String name, Layer layer) {
        Preprocessing preprocessing = Preprocessing.read(model);
        FloatMatrix pixels = FloatMatrix.zeros(1, 3 * RandomVit.SIZE * RandomVit.SIZE);
        try (ImageFile file = ImageReaders.open(images.resolve(name), ImageLimits.DEFAULT);
                VitModel vit = VitModel.load(model);
                VitSession session = vit.open(VitRequest.ofTokens(RandomVit.SIZE, RandomVit.SIZE, List.of(layer)))) {
            preprocessing.apply(file.read(0), pixels);
            return session.run(pixels).tokens(layer, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "8, 1", "1, 3", "2, 7", "8, 5"})
    void threadsAndBatchesDoNotChangeAByte(int threads, int batch) {
        SyntheticImages.write(images, 40);
        ExtractionOptions all = options("reference")
                .withLayers(new LayerSelection.All())
                .withAttention(AttentionStorage.CLS)
                .withEffort(new Effort(1, OptionalInt.of(1)));
        Extraction.run(all, Progress.NONE);

        Extraction.run(
                options("study")
                        .withLayers(new LayerSelection.All())
                        .withAttention(AttentionStorage.CLS)
                        .withEffort(new Effort(threads, OptionalInt.of(batch))),
                Progress.NONE);

        assertThat(Trees.checksums(folder.resolve("study"))).isEqualTo(Trees.checksums(folder.resolve("reference")));
    }

    @Test
    void attentionOfTheClsTokenIsStoredForEveryBlockAndHead() {
        SyntheticImages.write(images, 2);

        Extraction.run(options("study").withAttention(AttentionStorage.CLS), Progress.NONE);

        try (Study study = Study.open(folder.resolve("study"))) {
            ClsAttention attention = study.attention(1).orElseThrow();
            assertThat(attention.layers()).isEqualTo(RandomVit.LAYERS);
            assertThat(attention.heads()).isEqualTo(RandomVit.HEADS);
            for (int row = 0; row < attention.rows().rows(); row++) {
                assertThat(sum(attention.rows().row(row))).isCloseTo(1, within16Bits());
            }
            assertThat(sum(attention.rollout())).isCloseTo(1, within16Bits());
        }
    }

    private static Offset<Double> within16Bits() {
        // 17 tokens, each rounded to 11 significant bits.
        return Offset.offset(Math.scalb(1.0, -11));
    }

    private static double sum(FloatMatrix row) {
        double sum = 0;
        for (int column = 0; column < row.columns(); column++) {
            sum += row.get(0, column);
        }
        return sum;
    }

    @Test
    void anotherSizeGivesAnotherGrid() {
        SyntheticImages.write(images, 1);

        Extraction.run(options("study").withSize(new Size(48, 64)), Progress.NONE);

        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.manifest().grid()).hasToString("6 x 8");
            assertThat(study.view(0).height()).isEqualTo(48);
        }
    }

    @Test
    void metadataAreJoinedByFileNameAndWhatDoesNotFitIsReported() throws IOException {
        SyntheticImages.write(images, 3);
        Path csv = folder.resolve("labels.csv");
        Files.writeString(csv, "file,label\nimages/0001.png,covid\nimages/0000.png,normal\nimages/9999.png,covid\n");

        ExtractionReport report = Extraction.run(options("study").withMetadata(csv, Optional.empty()), Progress.NONE);

        assertThat(report.rowsWithoutImage()).containsExactly("images/9999.png");
        assertThat(report.imagesWithoutRow()).containsExactly("0002.png");
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.metadata().get("label").text(0)).contains("normal");
            assertThat(study.metadata().get("label").text(1)).contains("covid");
            assertThat(study.metadata().get("label").text(2)).isEmpty();
        }
    }

    @Test
    void anImageThatCannotBeReadIsNamedWithTheReasonAndTheOthersAreKept() throws IOException {
        SyntheticImages.write(images, 3);
        Files.write(images.resolve("0001.png"), "no image".getBytes(StandardCharsets.UTF_8));

        ExtractionReport report = Extraction.run(options("study"), Progress.NONE);

        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.input().id()).isEqualTo("0001.png");
            assertThat(failure.reason()).isNotBlank().doesNotContain("Exception");
        });
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.images()).extracting(image -> image.id()).containsExactly("0000.png", "0002.png");
        }
    }

    @Test
    void aMendedImageIsTakenUpByTheSameCommand() throws IOException {
        SyntheticImages.write(images, 3);
        Extraction.run(options("reference"), Progress.NONE);
        byte[] whole = Files.readAllBytes(images.resolve("0001.png"));
        Files.write(images.resolve("0001.png"), new byte[] {1, 2, 3});
        Extraction.run(options("study"), Progress.NONE);
        Files.write(images.resolve("0001.png"), whole);

        ExtractionReport report = Extraction.run(options("study"), Progress.NONE);

        assertThat(report.failures()).isEmpty();
        assertThat(Trees.checksums(folder.resolve("study"))).isEqualTo(Trees.checksums(folder.resolve("reference")));
    }

    @Test
    void whoStopsGoesOnWithTheSameCommandAndGetsTheSameBytes() {
        SyntheticImages.write(images, 300);
        Extraction.run(options("reference"), Progress.NONE);

        for (int stopAfter : new int[] {3, 130, 200, 290}) {
            assertThatThrownBy(() -> Extraction.run(options("study"), (stage, done, total) -> {
                        if (stage.equals("extract") && done >= stopAfter) {
                            throw PatchlensException.interrupted("extract", "stop", "");
                        }
                    }))
                    .isInstanceOfSatisfying(PatchlensException.class, stopped -> {
                        assertThat(stopped.category()).isEqualTo(PatchlensException.Category.INTERRUPTED);
                        assertThat(stopped).hasMessageContaining("of 300 images are kept. Run the same command again");
                    });
        }
        ExtractionReport report = Extraction.run(options("study"), Progress.NONE);

        assertThat(report.extracted()).isLessThan(300);
        assertThat(Trees.checksums(folder.resolve("study"))).isEqualTo(Trees.checksums(folder.resolve("reference")));
    }

    @Test
    void aCompleteStudyIsLeftAsItIs() {
        SyntheticImages.write(images, 3);
        Extraction.run(options("study"), Progress.NONE);
        var before = Trees.checksums(folder.resolve("study"));

        ExtractionReport report = Extraction.run(options("study"), Progress.NONE);

        assertThat(report.extracted()).isZero();
        assertThat(Trees.checksums(folder.resolve("study"))).isEqualTo(before);
    }

    @Test
    void aDifferentRunIsRefusedWithTheDifferenceNamed() {
        SyntheticImages.write(images, 2);
        Extraction.run(options("study"), Progress.NONE);

        assertThatThrownBy(() -> Extraction.run(options("study").withLayers(new LayerSelection.All()), Progress.NONE))
                .hasMessageContaining("layers: the study has last, this run asks for");
        assertThatThrownBy(() -> Extraction.run(options("study").withSize(new Size(64, 64)), Progress.NONE))
                .hasMessageContaining("size: the study has 32");
        RandomVit.write(model, 2);
        assertThatThrownBy(() -> Extraction.run(options("study"), Progress.NONE))
                .hasMessageContaining("model: the study has vit");
    }
}
