package org.patchlens.analysis.attention.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.AnalysisContract;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.analysis.attention.GoldenAttention;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;

/// Against `tools/reference/attention.py`; entropies and distances are up to 4 and 50, and 32 bits hold seven
/// digits of them: relative 1e-5 leaves two digits for the order of the sums.
class AttentionAtlasTest implements AnalysisContract<AtlasOptions, AttentionAtlas.Result> {
    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        study = GoldenAttention.study(folder.resolve("study"), true);
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Override
    public Analysis<AtlasOptions, AttentionAtlas.Result> analysis() {
        return AttentionAtlas.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    private AttentionAtlas.Result of(AtlasOptions options) {
        return AttentionAtlas.of(study, options, Progress.NONE, GoldenAttention.source());
    }

    @Test
    void theRowsOfClsGiveWhatNumpySays() {
        JsonNode golden = GoldenAttention.numbers().get("atlas").get("cls");
        AttentionAtlas.Reading reading = of(AtlasOptions.defaults()).cls().orElseThrow();
        assertThat(reading.images()).isEqualTo(3);
        for (String name : List.of("entropy", "CLS", "registers", "outliers", "border", "lung")) {
            compare(reading, name, golden.get(name));
        }
        compareUniform(reading);
    }

    @Test
    void whatPatchesReadGivesWhatNumpySays() {
        JsonNode golden = GoldenAttention.numbers().get("atlas");
        AttentionAtlas.Reading reading =
                of(AtlasOptions.defaults().withSample(3)).patches().orElseThrow();
        for (String name : List.of("entropy", "distance", "CLS", "registers", "outliers", "border", "lung")) {
            compare(reading, name, golden.get("patches").get(name));
        }
        compareUniform(reading);
        assertThat(reading.measure("border").orElseThrow().images()).isEqualTo(3);
        assertThat(reading.measure("lung").orElseThrow().images()).isEqualTo(2);
        assertThat((double) reading.measure("distance").orElseThrow().uniform())
                .isCloseTo(golden.get("uniformDistance").asDouble(), Offset.offset(1e-4));
    }

    @Test
    void threadsDoNotChangeWhatPatchesRead() {
        AtlasOptions options = AtlasOptions.defaults().withSample(2);
        AttentionAtlas.Reading one = of(options.withThreads(1)).patches().orElseThrow();
        assertThat(of(options.withThreads(2)).patches().orElseThrow()).isEqualTo(one);
        assertThat(of(options.withThreads(8)).patches().orElseThrow()).isEqualTo(one);
    }

    @Test
    void uniformAttentionHasTheUniformMeasures() {
        AttentionSource uniform = (images, blocks, reader) -> blocks.forEach(block -> images.forEach(image -> {
            FloatMatrix matrices = FloatMatrix.zeros(42, 14);
            matrices.fill(1f / 14);
            reader.take(image, block, matrices);
        }));
        AttentionAtlas.Result result =
                AttentionAtlas.of(study, AtlasOptions.defaults().withSample(3), Progress.NONE, uniform);
        for (HeadMeasure measure : result.patches().orElseThrow().measures()) {
            if (!measure.name().equals("outliers")) {
                assertThat(measure.mean().get(2, 1))
                        .as(measure.name())
                        .isCloseTo(measure.uniform(), Offset.offset(1e-5f * Math.max(1, measure.uniform())));
            }
        }
    }

    @Test
    void outliersAreThoseOfTheNearestStoredBlockBefore() {
        // Patch 0,0 is an outlier at layer 2, which block 3 reads on; at layer 1 there is none.
        HeadMeasure outliers = of(AtlasOptions.defaults())
                .cls()
                .orElseThrow()
                .measure("outliers")
                .orElseThrow();
        assertThat(outliers.mean().get(0, 0)).isZero();
        assertThat(outliers.mean().get(1, 0)).isPositive();
        assertThat(outliers.mean().get(2, 0)).isPositive();
        assertThat(outliers.uniform()).isCloseTo(2f / 3 / 14, Offset.offset(1e-6f));
    }

    @Test
    void theTableIsSortedByWhatWasAskedFor() {
        assertThat(column("entropy", 2)).hasSize(9).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(column("cls", 3)).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(column("lung", 7)).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(column("layer", 0)).isSorted();
        assertThat(table("layer").caption()).contains("Distances are not known", "not what is important");
    }

    private Figure.Table table(String sort) {
        return AttentionAtlas.figures(of(AtlasOptions.defaults().withSort(sort))).stream()
                .filter(Figure.Table.class::isInstance)
                .map(Figure.Table.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private List<Double> column(String sort, int column) {
        return table(sort).rows().stream()
                .map(row -> Double.valueOf(row.get(column)))
                .toList();
    }

    @Test
    void anOrderThatThereIsNotIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> of(AtlasOptions.defaults().withSort("distance")))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[sort distance] the tables can be sorted by layer, entropy, CLS, registers, outliers,"
                        + " border, lung. Distances need whole matrices: --sample 16.");
        assertThat(of(AtlasOptions.defaults().withSample(1).withSort("distance"))
                        .sort())
                .isEqualTo("distance");
    }

    @Test
    void withoutStoredAttentionTheModelIsAskedFor() {
        try (Study bare = GoldenAttention.study(folder.resolve("bare"), false)) {
            assertThatThrownBy(
                            () -> AttentionAtlas.of(bare, AtlasOptions.defaults(), Progress.NONE, AttentionSource.NONE))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessage("[attention] the study stores none. Extract it with --attention cls, or compute some:"
                            + " --sample 16 --model FOLDER.");
        }
    }

    private static void compareUniform(AttentionAtlas.Reading reading) {
        JsonNode golden = GoldenAttention.numbers().get("atlas").get("uniform");
        golden.propertyNames()
                .forEach(name -> near(name, reading.measure(name).orElseThrow().uniform(), golden.get(name)));
    }

    private static void compare(AttentionAtlas.Reading reading, String name, JsonNode golden) {
        HeadMeasure measure = reading.measure(name).orElseThrow();
        for (int layer = 0; layer < GoldenAttention.LAYERS; layer++) {
            for (int head = 0; head < GoldenAttention.HEADS; head++) {
                near(
                        name,
                        measure.mean().get(layer, head),
                        golden.get(0).get(layer).get(head));
                near(
                        name,
                        measure.deviation().get(layer, head),
                        golden.get(1).get(layer).get(head));
            }
        }
    }

    private static void near(String name, float found, JsonNode golden) {
        assertThat((double) found)
                .as(name)
                .isCloseTo(golden.asDouble(), Offset.offset(1e-5 * Math.max(0.1, Math.abs(golden.asDouble()))));
    }
}
