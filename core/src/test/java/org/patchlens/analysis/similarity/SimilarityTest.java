package org.patchlens.analysis.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.AnalysisContract;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.MarkKind;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.patch.PatchPlace;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import tools.jackson.databind.JsonNode;

/// The three images of the golden study: 3 x 4 patches, patch 1,1 of image 1 an outlier.
class SimilarityTest implements AnalysisContract<SimilarityOptions, Similarity.Result> {
    private static final JsonNode GOLDEN = Golden.json(PatchSimilarity.class, "similarity.json");

    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        FloatMatrix tokens = Golden.matrix(GOLDEN.get("tokens"));
        study = new SyntheticStudy(
                        3,
                        new PatchGrid(3, 4),
                        TokenLayout.CLS_AND_PATCHES,
                        8,
                        2,
                        List.of(Layer.LAST),
                        (image, layer) -> tokens.rows(image * 13, image * 13 + 13),
                        Optional.empty())
                .write(folder.resolve("study"));
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Override
    public Analysis<SimilarityOptions, Similarity.Result> analysis() {
        return Similarity.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    private Similarity.Result of(SimilarityOptions options) {
        return Similarity.of(study, options, Progress.NONE);
    }

    /// Patch 1,3 is number 7, whose similarities numpy computed.
    @ParameterizedTest
    @EnumSource
    void bothNumbersStandBesideEachOther(Reduction reduction) {
        Similarity.Result result = of(SimilarityOptions.defaults()
                .withImage("image-0.png")
                .withPatch(1, 3)
                .withReduce(reduction)
                .withToAll());
        FloatMatrix cosines = Golden.matrix(GOLDEN.get("none").get("one"));
        FloatMatrix reduced = Golden.matrix(GOLDEN.get(reduction.word()).get("one"));
        assertThat(result.targets()).hasSize(3);
        for (Similarity.Target target : result.targets()) {
            assertThat(Golden.distance(target.cosine().reshape(1, 12), cosines.row(target.index())))
                    .isLessThan(1e-5);
            assertThat(Golden.distance(target.similarity().reshape(1, 12), reduced.row(target.index())))
                    .isLessThan(1e-4);
        }
        assertThat(result.common().cosine())
                .isCloseTo(GOLDEN.get("none").get("meanCosine").doubleValue(), within(1e-5));
    }

    @Test
    void imagesAreRankedByTheirBestPatchWithoutTheQueryItself() {
        Similarity.Result result =
                of(SimilarityOptions.defaults().withPatch(1, 3).withToAll());
        assertThat(result.ranking().getFirst().index()).isZero();
        assertThat(result.ranking().get(1).similarity())
                .isGreaterThan(result.ranking().get(2).similarity());
        for (Similarity.ImageRank rank : result.ranking()) {
            FloatMatrix map =
                    result.targets().get(result.ranking().indexOf(rank)).similarity();
            float best = (float) IntStream.range(0, 12)
                    .filter(patch -> rank.index() != 0 || patch != 7)
                    .mapToDouble(patch -> map.get(patch / 4, patch % 4))
                    .max()
                    .orElseThrow();
            assertThat(rank.similarity()).isEqualTo(best).isEqualTo(map.get(rank.row(), rank.column()));
            assertThat(rank.similarity()).isLessThan(0.999f);
        }
        assertThat(of(SimilarityOptions.defaults().withToAll().withMaps(2)).targets())
                .hasSize(2);
    }

    @Test
    void aRegionIsTheMeanOfItsPatches() {
        Similarity.Result region = of(SimilarityOptions.defaults().withRegion(0, 1, 1, 2));
        Similarity.Result named = of(SimilarityOptions.defaults()
                .withPatch(0, 1)
                .withPatch(0, 2)
                .withPatch(1, 1)
                .withPatch(1, 2));
        assertThat(region.targets()).isEqualTo(named.targets());
        assertThat(region.query().patches())
                .containsExactly(
                        new PatchPlace(0, 1), new PatchPlace(0, 2), new PatchPlace(1, 1), new PatchPlace(1, 2));
    }

    @Test
    void anOutlierIsMarkedAndOnRequestMasked() {
        SimilarityOptions options =
                SimilarityOptions.defaults().withImage("image-1.png").withRegion(1, 0, 1, 1);
        Similarity.Result marked = of(options);
        assertThat(marked.targets().getFirst().outliers()).containsExactly(new PatchPlace(1, 1));
        assertThat(marked.query().outliers()).containsExactly(new PatchPlace(1, 1));
        assertThat(marked.query().averaged()).isEqualTo(2);
        Figure.Overlay overlay = (Figure.Overlay) Similarity.figures(marked).getFirst();
        assertThat(overlay.marks())
                .contains(new Figure.Mark(1, 1, MarkKind.OUTLIER), new Figure.Mark(1, 0, MarkKind.CHOSEN));
        Similarity.Result masked = of(options.withoutOutliers());
        assertThat(masked.query().averaged()).isEqualTo(1);
        assertThat(masked.targets().getFirst().similarity().get(1, 1)).isNaN();
        assertThat(masked.targets().getFirst().cosine().get(1, 1)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"FIXED", "STUDY", "IMAGE"})
    void coloursAreSymmetricAboutZeroAndSpanWhatTheScaleSays(SimilarityOptions.Scale scale) {
        Similarity.Result result = of(SimilarityOptions.defaults()
                .withPatch(1, 3)
                .withTo(List.of("image-2.png"))
                .withScale(scale, Figure.Interpolation.BILINEAR));
        Figure.Overlay own = (Figure.Overlay) Similarity.figures(result).getFirst();
        assertThat(own.scale().low()).isEqualTo(-own.scale().high());
        assertThat(own.interpolation()).isEqualTo(Figure.Interpolation.BILINEAR);
        JsonNode maps = GOLDEN.get("center").get("one");
        double expected = switch (scale) {
            case FIXED -> 1;
            case IMAGE -> largest(maps, 0, 0);
            case STUDY -> largest(maps, 0, 2);
        };
        assertThat((double) own.scale().high()).isCloseTo(expected, within(1e-4));
    }

    @Test
    void aMapOfAnotherImageMarksItsMostSimilarPatchAndTellsItsRange() {
        Similarity.Result result = of(SimilarityOptions.defaults()
                .withPatch(1, 3)
                .withToAll()
                .withScale(SimilarityOptions.Scale.IMAGE, Figure.Interpolation.NEAREST));
        Figure.Grid grid = (Figure.Grid) Similarity.figures(result).get(2);
        assertThat(grid.panels()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Figure.Overlay panel = (Figure.Overlay) grid.panels().get(i);
            Similarity.ImageRank rank = result.ranking().get(i + 1);
            assertThat(panel.image()).isEqualTo(rank.index());
            assertThat(panel.marks()).contains(new Figure.Mark(rank.row(), rank.column(), MarkKind.CHOSEN));
            assertThat(panel.caption())
                    .endsWith(String.format(
                            Locale.ROOT, " to %.3f; best %d,%d", rank.similarity(), rank.row(), rank.column()));
        }
    }

    private static double largest(JsonNode maps, int firstImage, int lastImage) {
        return IntStream.rangeClosed(firstImage, lastImage)
                .boxed()
                .flatMap(image -> IntStream.range(0, 12)
                        .filter(patch -> image != 0 || patch != 7)
                        .mapToObj(patch -> Math.abs(maps.get(image).get(patch).doubleValue())))
                .max(Double::compare)
                .orElseThrow();
    }

    @Test
    void theMatrixComparesAllWithAll() {
        SimilarityOptions two = SimilarityOptions.defaults()
                .withImage("image-0.png")
                .withTo(List.of("image-2.png"))
                .withMatrix(SimilarityOptions.Order.SPATIAL);
        SimilarityMatrix matrix = of(two).matrix().orElseThrow();
        FloatMatrix expected = Golden.matrix(GOLDEN.get("center").get("matrix"));
        assertThat(Golden.distance(matrix.similarity(), expected)).isLessThan(1e-4);
        assertThat(matrix.other()).isEqualTo("image-2.png");
        SimilarityMatrix ordered = of(two.withMatrix(SimilarityOptions.Order.HIERARCHICAL))
                .matrix()
                .orElseThrow();
        assertThat(ordered.rows())
                .containsExactlyInAnyOrderElementsOf(matrix.rows())
                .isNotEqualTo(matrix.rows());
        for (int row = 0; row < 12; row++) {
            for (int column = 0; column < 12; column++) {
                assertThat(ordered.similarity().get(row, column))
                        .isEqualTo(matrix.similarity()
                                .get(
                                        matrix.rows().indexOf(ordered.rows().get(row)),
                                        matrix.columns()
                                                .indexOf(ordered.columns().get(column))));
            }
        }
        assertThat(Similarity.figures(of(two)).getFirst()).isInstanceOf(Figure.Heatmap.class);
    }

    /// scipy's average linkage of the patches of image 0 joins at the same distances.
    @ParameterizedTest
    @EnumSource
    void theTreeIsThatOfScipy(Reduction reduction) {
        SimilarityMatrix own = of(SimilarityOptions.defaults()
                        .withReduce(reduction)
                        .withMatrix(SimilarityOptions.Order.SPATIAL))
                .matrix()
                .orElseThrow();
        double[] heights = AverageLinkage.of(own.similarity()).heights();
        JsonNode expected = GOLDEN.get(reduction.word()).get("heights");
        assertThat(heights).hasSize(11);
        for (int i = 0; i < heights.length; i++) {
            assertThat(heights[i]).isCloseTo(expected.get(i).doubleValue(), within(1e-4));
        }
    }

    @Test
    void similarPatchesStandSideBySide() {
        FloatMatrix similarities = FloatMatrix.of(
                5, 5, 1, 0, .9f, 0, 0, 0, 1, 0, .2f, .8f, .9f, 0, 1, 0, 0, 0, .2f, 0, 1, .2f, 0, .8f, 0, .2f, 1);
        AverageLinkage linkage = AverageLinkage.of(similarities);
        assertThat(linkage.order()).containsExactly(0, 2, 1, 4, 3);
        assertThat(AverageLinkage.of(FloatMatrix.of(1, 1, 1)).order()).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void captionsSayWhatTheColoursSpan(SimilarityOptions.Scale scale) {
        List<Figure> figures = Similarity.figures(of(SimilarityOptions.defaults()
                .withPatch(1, 3)
                .withToAll()
                .withScale(scale, Figure.Interpolation.NEAREST)));
        float high = ((Figure.Overlay) figures.getFirst()).scale().high();
        String ends = String.format(Locale.ROOT, "Colours span %.3g to %.3g, ", -high, high);
        assertThat(figures.getFirst().caption())
                .contains(
                        switch (scale) {
                            case FIXED -> "Colours span -1.00 to 1.00, in every image. ";
                            case STUDY -> ends + "the largest in the study but for the patches that are asked about. ";
                            case IMAGE ->
                                ends + "which follows from this image alone: other images have other colours. ";
                        });
        assertThat(figures.get(1).caption()).contains("Colours span -1 to 1. ");
        assertThat(figures.get(2).caption())
                .contains(
                        switch (scale) {
                            case FIXED, STUDY -> ends;
                            case IMAGE -> "Colours follow from each image alone";
                        });
    }

    @Test
    void everyFigureSaysWhatTwoPatchesHaveInCommonAnyway() {
        List<Figure> figures =
                Similarity.figures(of(SimilarityOptions.defaults().withToAll()));
        assertThat(figures)
                .extracting(Figure::title)
                .containsExactly(
                        "Similarity to a patch",
                        "Cosine to a patch",
                        "Similarity in other images",
                        "Most similar patch of each image");
        assertThat(figures.getFirst().caption()).contains("have -0.029 on average, 0.766 before.");
        assertThat(Similarity.figures(of(SimilarityOptions.defaults().withReduce(Reduction.NONE)))
                        .getFirst()
                        .caption())
                .contains("have 0.766 on average; --reduce center takes that out.");
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatIsThere() {
        SimilarityOptions options = SimilarityOptions.defaults();
        refuses(options.withImage("image-4.png"), "[image image-4.png] is none of the 3 images");
        refuses(options.withTo(List.of("imag-1.png")), "Did you mean image-1.png");
        refuses(
                options.withPatch(3, 1),
                "[patch 3,1] is outside the grid of 3 x 4 patches; rows are 0 to 2, columns 0 to 3.");
        refuses(options.withPatch(1, -1), "[patch 1,-1] is outside the grid of 3 x 4 patches");
        refuses(options.withRegion(0, 0, 2, 4), "[region corner 2,4] is outside the grid of 3 x 4 patches");
        refuses(options.withRegion(2, 0, 1, 1), "[region 2,0,1,1] top row, left column, bottom row");
        refuses(options.withLayer(new Layer(1)), "[layer 1] the study stores last.");
    }

    /// Before the study is read, which may take a while.
    private void refuses(SimilarityOptions options, String message) {
        assertThatThrownBy(() -> Similarity.of(study, options, (stage, done, total) -> {
                    throw new AssertionError("the work has begun");
                }))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining(message);
    }
}
