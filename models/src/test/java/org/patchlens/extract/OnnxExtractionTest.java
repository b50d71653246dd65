package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.analysis.Progress;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.model.Resources;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;

/// A study is made with an ONNX file as with a folder.
class OnnxExtractionTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path images;

    @BeforeEach
    void copyModel() throws IOException {
        model = Files.copy(Resources.path("exports/vit/one-image-legacy-17.onnx"), folder.resolve("one-image.onnx"));
        images = folder.resolve("images");
        SyntheticImages.write(images, 7);
    }

    private ExtractionReport extract(String study, int threads, int batch) {
        return Extraction.run(
                ExtractionOptions.of(images, model, folder.resolve(study))
                        .withLayers(new LayerSelection.All())
                        .withAttention(AttentionStorage.CLS)
                        .withEffort(new Effort(threads, OptionalInt.of(batch))),
                Progress.NONE);
    }

    @Test
    void aGraphForOneImageAtATimeTakesBatchesAndThreads() {
        assertThat(extract("alone", 1, 1).extracted()).isEqualTo(7);
        extract("together", 2, 3);

        assertThat(Trees.checksums(folder.resolve("together"))).isEqualTo(Trees.checksums(folder.resolve("alone")));
        try (Study study = Study.open(folder.resolve("alone"))) {
            assertThat(study.isComplete()).isTrue();
        }
    }

    @Test
    void preprocessingThatNothingTellsIsAssumedAndSaid() {
        assertThat(extract("study", 1, 1).notes())
                .singleElement()
                .asString()
                .contains("no preprocessor_config.json beside " + model)
                .contains("ViTImageProcessor");
    }

    @Test
    void preprocessingBesideTheFileIsUsed() throws IOException {
        Files.writeString(folder.resolve("preprocessor_config.json"), """
            {"image_processor_type": "SiglipImageProcessor", "size": {"height": 16, "width": 16}}
            """);

        assertThat(extract("study", 1, 1).notes()).isEmpty();
    }
}
