package org.patchlens.analysis.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.patchlens.analysis.attention.AttentionOptions.Scale;
import org.patchlens.embedding.Layer;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;

/// Against `tools/reference/attention.py`. numpy works on the same 32-bit matrices in 64 bits, results are
/// rounded to 32 bits once per block: 1e-6 is ten roundings of a number up to 1.
class AttentionTest implements AnalysisContract<AttentionOptions, Attention.Result> {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

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
    public Analysis<AttentionOptions, Attention.Result> analysis() {
        return Attention.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    private static AttentionOptions options() {
        return AttentionOptions.defaults().withImage("image-1.png").withLayer(new Layer(2));
    }

    private Attention.Result computed(AttentionOptions options) {
        return Attention.of(study, options, Progress.NONE, GoldenAttention.source());
    }

    @Test
    void headsAreFusedAsNumpyDoes() {
        for (String head : List.of("mean", "min", "max", "1")) {
            JsonNode row = GoldenAttention.numbers().get("fused").get(head);
            TokenReading reading =
                    computed(options().withQuery("1,2").withHead(head)).chosen();
            compare(head, reading, row);
        }
    }

    @Test
    void entropyIsThatOfTheWholeRow() {
        List<TokenReading> heads = computed(options().withQuery("1,2")).heads();
        for (int head = 0; head < GoldenAttention.HEADS; head++) {
            assertThat((double) heads.get(head).entropy())
                    .isCloseTo(
                            GoldenAttention.numbers().get("entropy").get(head).asDouble(), ROUNDING);
        }
    }

    @Test
    void rolloutsEqualThoseOfWholeMatrices() {
        for (JsonNode golden : GoldenAttention.numbers().get("rollouts")) {
            AttentionOptions wanted = new AttentionOptions(
                    options().image(),
                    options().layer(),
                    golden.get("head").asString(),
                    golden.get("query").asString(),
                    false,
                    true,
                    golden.get("residual").asDouble(),
                    golden.get("discard").asDouble(),
                    0,
                    options().maskOutliers(),
                    5,
                    options().scale(),
                    options().high(),
                    options().interpolation());
            // The study stores a made-up rollout for the plain one of CLS; a study without attention computes all.
            try (Study bare = GoldenAttention.study(folder.resolve("bare" + golden.hashCode()), false)) {
                Attention.Result result = Attention.of(bare, wanted, Progress.NONE, GoldenAttention.source());
                compare(golden.toString(), result.rollout().orElseThrow(), golden.get("row"));
            }
        }
    }

    @Test
    void theMaskHoldsThePatchesThatDinosScriptKeeps() {
        List<Integer> expected = new ArrayList<>();
        GoldenAttention.numbers().get("mask").forEach(patch -> expected.add(patch.asInt()));
        List<Integer> found = computed(options().withQuery("1,2")).maskedPatches();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whatIsStoredNeedsNoSource() {
        Attention.Result result = Attention.of(study, options(), Progress.NONE, AttentionSource.NONE);
        assertThat(result.origin().computed()).isFalse();
        assertThat(result.layers()).hasSize(GoldenAttention.LAYERS);
        assertThat(result.heads().get(1).patches().get(2, 3))
                .isEqualTo(GoldenAttention.matrices(1, 2).get(14, 13));
    }

    @Test
    void storedAndComputedRowsOfClsAreTheSame() {
        try (Study bare = GoldenAttention.study(folder.resolve("bare"), false)) {
            Attention.Result computed = Attention.of(bare, options(), Progress.NONE, GoldenAttention.source());
            Attention.Result stored = Attention.of(study, options(), Progress.NONE, AttentionSource.NONE);
            assertThat(computed.heads()).isEqualTo(stored.heads());
            assertThat(computed.origin().difference()).isEmpty();
        }
        assertThat(computed(options().withQuery("0,0")).origin().difference()).contains(0f);
    }

    @Test
    void aDifferenceFromWhatIsStoredIsTold() {
        AttentionSource shifted =
                (images, blocks, reader) -> GoldenAttention.source().read(images, blocks, (image, block, matrices) -> {
                    matrices.set(0, 3, matrices.get(0, 3) + 0.25f);
                    reader.take(image, block, matrices);
                });
        Attention.Result result = Attention.of(study, options().withQuery("0,0"), Progress.NONE, shifted);
        assertThat(result.origin().difference().orElseThrow()).isCloseTo(0.25f, Offset.offset(1e-6f));
    }

    @Test
    void outliersThatOutshineAllOthersAreLeftOutOfMaps() {
        AttentionSource onOutlier = GoldenAttention.allOnPatch(0);
        Attention.Result result = Attention.of(study, options().withQuery("1,2"), Progress.NONE, onOutlier);
        assertThat(result.outliers().orElseThrow().patches()).containsExactly(0);
        assertThat(result.maskedPatches()).doesNotContain(0);
        Figure.Overlay overlay = (Figure.Overlay) Attention.figures(result).getFirst();
        assertThat(overlay.values().get(0, 0)).isNaN();
        assertThat(overlay.marks())
                .containsExactly(
                        new Figure.Mark(0, 0, Figure.MarkKind.OUTLIER), new Figure.Mark(1, 2, Figure.MarkKind.CHOSEN));
        assertThat(overlay.caption())
                .contains("Layer 2", "image-1.png", "made-up", "from 0.0500 to 0.0500", "crossed out");
    }

    @Test
    void atLayerOneThereAreNoOutliers() {
        Attention.Result result = computed(options().withLayer(new Layer(1)));
        assertThat(result.outliers().orElseThrow().patches()).isEmpty();
        Figure.Overlay overlay = (Figure.Overlay) Attention.figures(result).getFirst();
        assertThat(overlay.marks()).isEmpty();
        assertThat(overlay.values().get(0, 0)).isNotNaN();
    }

    @Test
    void everyLayerHasItsOwnOutliers() {
        AttentionSource onOutlier = GoldenAttention.allOnPatch(0);
        AttentionOptions all = new AttentionOptions(
                options().image(),
                Optional.of(new Layer(1)),
                "mean",
                "1,2",
                true,
                true,
                0.5,
                0,
                0,
                options().maskOutliers(),
                5,
                options().scale(),
                options().high(),
                options().interpolation());
        List<Figure> figures = Attention.figures(Attention.of(study, all, Progress.NONE, onOutlier));
        Figure.Grid layers = figures.stream()
                .filter(figure -> figure.title().equals("Attention of patch 1,2 in every layer"))
                .map(Figure.Grid.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(corner(layers.panels().get(0))).isEqualTo(0.35f);
        assertThat(corner(layers.panels().get(1))).isNaN();
        assertThat(corner(layers.panels().get(2))).isNaN();
        assertThat(layers.caption()).contains("Up to 1 outlier token is crossed out and left uncovered.");
        // A rollout ends at the last block, whatever layer is shown beside it.
        assertThat(((Figure.Overlay) figures.get(1)).marks()).contains(new Figure.Mark(0, 0, Figure.MarkKind.OUTLIER));
    }

    private static float corner(Figure overlay) {
        return ((Figure.Overlay) overlay).values().get(0, 0);
    }

    @Test
    void aSingleStrongPatchLeavesTheOthersTheirColours() {
        float[] numbers = new float[1000];
        Arrays.fill(numbers, 0.2f);
        numbers[5] = 0.5f;
        assertThat(MapRange.of(List.of(FloatMatrix.of(10, 100, numbers)))).isEqualTo(new MapRange(0.2f, 0.5f, 0.2f));
        numbers[6] = 100;
        numbers[7] = Float.NaN;
        assertThat(MapRange.of(List.of(FloatMatrix.of(10, 100, numbers)))).isEqualTo(new MapRange(0.2f, 100, 25));
        assertThat(MapRange.of(List.of(FloatMatrix.of(10, 100, numbers))).to(0.75f))
                .isEqualTo(new MapRange(0.2f, 100, 0.75f));
    }

    private Figure.Overlay first(AttentionOptions wanted) {
        Attention.Result result = Attention.of(study, wanted, Progress.NONE, GoldenAttention.source());
        return (Figure.Overlay) Attention.figures(result).getFirst();
    }

    @Test
    void coloursSpanTheSameInEveryImageUnlessAskedOtherwise() {
        for (String image : List.of("image-0.png", "image-1.png")) {
            Figure.Overlay fixed = first(options().withImage(image));
            assertThat(fixed.scale().high()).isEqualTo(5f / 12);
            assertThat(fixed.caption()).contains("Colours span 0 to 0.417, 5 times uniform attention, in every image");
            Figure.Overlay asked = first(options().withImage(image).withScale(Scale.FIXED, Optional.of(0.125)));
            assertThat(asked.scale().high()).isEqualTo(0.125f);
            assertThat(asked.caption()).contains("Colours span 0 to 0.125, as was asked");
        }
        assertThatThrownBy(() -> options().withScale(Scale.IMAGE, Optional.of(0.125)))
                .hasMessage("[high] is the end of a fixed scale; this scale is to follow from the image. Leave one of"
                        + " the two out.");
    }

    @Test
    void aScaleOfTheImageIsToldToFollowFromIt() {
        Figure.Overlay overlay = first(options().withScale(Scale.IMAGE, Optional.empty()));
        assertThat(overlay.scale().high())
                .isEqualTo(MapRange.of(List.of(overlay.values())).high());
        assertThat(overlay.caption()).contains("which follows from this image alone: other images have other colours");
    }

    @Test
    void aScaleOfTheStudyIsThatOfAllItsImages() {
        AttentionOptions wanted = options().withRollout(0).withScale(Scale.STUDY, Optional.empty());
        List<FloatMatrix> maps = new ArrayList<>();
        List<Float> ends = new ArrayList<>();
        for (StudyImage image : study.images()) {
            Attention.Result result =
                    Attention.of(study, wanted.withImage(image.id()), Progress.NONE, AttentionSource.NONE);
            Figure.Overlay overlay = (Figure.Overlay) Attention.figures(result).getFirst();
            maps.add(overlay.values());
            ends.add(overlay.scale().high());
            assertThat(overlay.caption()).contains("where 99 of 100 numbers of 3 images of the study lie below");
        }
        assertThat(ends).containsOnly(MapRange.of(maps).high());
    }

    @Test
    void aScaleOfTheStudyNeedsWhatTheStudyStores() {
        String refusal = "[scale study] needs what the token reads in every image, which a study holds for CLS alone,"
                + " and only if it was extracted with --attention cls. Use --scale fixed or --scale image.";
        AttentionOptions wanted = options().withScale(Scale.STUDY, Optional.empty());
        refused(wanted.withQuery("1,2"), refusal);
        try (Study bare = GoldenAttention.study(folder.resolve("bare"), false)) {
            assertThatThrownBy(() -> Attention.of(bare, wanted, Progress.NONE, GoldenAttention.source()))
                    .hasMessage(refusal);
        }
    }

    @Test
    void whatNobodyCanGiveIsRefusedWithWhatToDo() {
        refused(
                options().withQuery("1,2"),
                "[attention] a study stores no more than what the CLS token reads, and the rest must be computed by"
                        + " the model. Give it with --model FOLDER.");
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatThereIs() {
        refused(
                options().withQuery("3,0"),
                "[patch 3,0] is outside the grid of 3 x 4 patches, whose rows are 0 to 2 and whose columns are 0 to"
                        + " 3.");
        refused(options().withLayer(new Layer(0)), "[layer 0] attention is in the layers 1 to 3 of made-up.");
        refused(options().withLayer(new Layer(4)), "[layer 4] attention is in the layers 1 to 3 of made-up.");
        refused(options().withHead("3"), "[head 3] the model has heads 0 to 2 in each layer.");
        refused(options().withQuery("register:1"), "its special tokens are [cls, register].");
        assertThatThrownBy(() -> options().withQuery("left lung")).hasMessageStartingWith("[query left lung]");
        assertThatThrownBy(() -> options().withHead("median")).hasMessageStartingWith("[head median]");
        assertThatThrownBy(() -> computed(options().withImage("image-9.png")))
                .hasMessageContaining("Did you mean image-0.png, image-1.png or image-2.png?");
    }

    private void refused(AttentionOptions options, String message) {
        assertThatThrownBy(() -> Attention.of(study, options, Progress.NONE, AttentionSource.NONE))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining(message);
    }

    private static void compare(String name, TokenReading reading, JsonNode row) {
        assertThat((double) reading.cls()).as(name).isCloseTo(row.get(0).asDouble(), ROUNDING);
        assertThat((double) reading.otherSpecial())
                .as(name)
                .isCloseTo(row.get(1).asDouble(), ROUNDING);
        for (int patch = 0; patch < GoldenAttention.GRID.patches(); patch++) {
            assertThat((double) reading.patches().get(patch / 4, patch % 4))
                    .as("%s, patch %d", name, patch)
                    .isCloseTo(row.get(2 + patch).asDouble(), ROUNDING);
        }
    }
}
