package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.model.RandomVit;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.safetensors.SafetensorsBytes;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;

/// Extraction in 8-bit integers, and with several threads in one run of the model.
class NumericsTest {
    private static final Numerics INT8 = new Numerics(Precision.INT8, Device.CPU, false);

    @TempDir
    private Path folder;

    private Path model;
    private Path images;

    @BeforeEach
    void writeModel() {
        model = RandomVit.write(folder.resolve("model"), 1);
        images = SyntheticImages.write(folder.resolve("images"), 11);
    }

    private ExtractionOptions options(String study) {
        return ExtractionOptions.of(images, model, folder.resolve(study))
                .withLayers(new LayerSelection.All())
                .withAttention(AttentionStorage.CLS);
    }

    @ParameterizedTest
    @CsvSource({
        "FP32, 2, 1, SESSION",
        "FP32, 8, 3, SESSION",
        "FP32, 3, 1, STREAMS",
        "FP32, 16, 1, AUTO",
        "INT8, 1, 3, STREAMS",
        "INT8, 2, 1, STREAMS",
        "INT8, 8, 5, SESSION"
    })
    void theSpreadOverTheMachineDoesNotChangeAByte(Precision precision, int threads, int batch, Parallel parallel) {
        Numerics numerics = new Numerics(precision, Device.CPU, false);
        Extraction.run(
                options("reference").withNumerics(numerics).withEffort(new Effort(1, OptionalInt.of(1))),
                Progress.NONE);

        Effort effort = new Effort(threads, OptionalInt.of(batch), parallel);
        Extraction.run(options("study").withNumerics(numerics).withEffort(effort), Progress.NONE);

        assertThat(Trees.checksums(folder.resolve("study"))).isEqualTo(Trees.checksums(folder.resolve("reference")));
    }

    @Test
    void howFarEightBitsAreOffIsReportedAndThePrecisionIsPartOfTheStudy() {
        ExtractionReport report = Extraction.run(options("study").withNumerics(INT8), Progress.NONE);

        PrecisionAgreement agreement = report.agreement().orElseThrow();
        assertThat(agreement.images()).isEqualTo(4);
        assertThat(agreement.cosine()).isBetween(0.98, 0.99999);
        assertThat(agreement.lowest()).isLessThan(agreement.cosine());
        assertThat(report.notes()).anyMatch(note -> note.startsWith("Precision int8: cosine with fp32 0.9"));
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.manifest().provenance().options()).endsWith(", precision int8");
        }
    }

    @Test
    void withoutALowerPrecisionNothingIsCompared() {
        ExtractionReport report = Extraction.run(options("study"), Progress.NONE);

        assertThat(report.agreement()).isEmpty();
        try (Study study = Study.open(folder.resolve("study"))) {
            assertThat(study.manifest().provenance().options()).doesNotContain("precision");
        }
    }

    @Test
    void aStudyDoesNotGoOnInAnotherPrecision() {
        Extraction.run(options("study").withNumerics(INT8), Progress.NONE);

        assertThatThrownBy(() -> Extraction.run(options("study"), Progress.NONE))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("computation: the study has precision int8, this run asks for precision fp32");
    }

    @Test
    void eightBitsThatChangeTheTokensAreRefusedUnlessForced() throws IOException {
        ruinForEightBits();

        assertThatThrownBy(() -> Extraction.run(options("study").withNumerics(INT8), Progress.NONE))
                .isInstanceOfSatisfying(
                        PatchlensException.class,
                        e -> assertThat(e.category()).isEqualTo(PatchlensException.Category.GATE_FAILED))
                .hasMessageMatching("\\[precision int8] tokens at layer \\S+ have a cosine of 0\\.\\d{4} with those in"
                        + " 32-bit floats, and at least 0\\.98 is expected\\. Leave out --precision, or insist with"
                        + " --force-precision\\.");

        assertThat(folder.resolve("study")).doesNotExist();

        Numerics forced = new Numerics(Precision.INT8, Device.CPU, true);
        ExtractionReport report = Extraction.run(options("study").withNumerics(forced), Progress.NONE);
        assertThat(report.extracted()).isEqualTo(11);
        assertThat(report.agreement().orElseThrow().cosine()).isLessThan(0.98);
    }

    /// The first number of every normed token becomes 0, and the weights that meet it huge: in floats nothing
    /// changes, in 8 bits the other weights of the row are rounded to 0.
    private void ruinForEightBits() throws IOException {
        for (int block = 0; block < RandomVit.LAYERS; block++) {
            String name = "encoder.layer." + block + ".";
            for (String norm : new String[] {"layernorm_before", "layernorm_after"}) {
                SafetensorsBytes.fill(model, name + norm + ".weight", RandomVit.DIMENSIONS, 0);
                SafetensorsBytes.fill(model, name + norm + ".bias", RandomVit.DIMENSIONS, 0);
            }
            for (String linear : new String[] {"attention.attention.value", "intermediate.dense"}) {
                SafetensorsBytes.fill(model, name + linear + ".weight", RandomVit.DIMENSIONS, 1000);
            }
        }
    }
}
