package org.patchlens.analysis.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.AnalysisContract;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.point.PointSet;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;

/// Twelve images of 3 x 4 patches in 16 dimensions. A patch lies near one of three centres, that of its row; patch
/// 0,0 of image 5 has a norm far above all others.
class ProjectionTest implements AnalysisContract<ProjectionOptions, Projection.Result> {
    private static final PatchGrid GRID = new PatchGrid(3, 4);
    private static final int IMAGES = 12;
    private static final int DIMENSIONS = 16;

    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        study = write("planted", ProjectionTest::tokens);
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Override
    public Analysis<ProjectionOptions, Projection.Result> analysis() {
        return Projection.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    @Test
    void patchesOfOneKindLieTogether() {
        Projection.Result result = of(ProjectionOptions.defaults());
        assertThat(result.positions().rows()).isEqualTo(IMAGES * 12 - 1);
        for (int i = 0; i < result.positions().rows(); i++) {
            assertThat(GRID.row(result.patches().get(nearest(result.positions(), i))))
                    .isEqualTo(GRID.row(result.patches().get(i)));
        }
        assertThat(result.quality().trustworthiness()).isGreaterThan(0.8);
        assertThat(result.iterations()).isBetween(300, 750);
    }

    @Test
    void umapShowsTheSameKindsAndUsesTheSameNeighbors() throws IOException {
        Projection.Result tsne = of(ProjectionOptions.defaults());
        Projection.Result umap = of(options("method", "umap"));
        for (int i = 0; i < umap.positions().rows(); i++) {
            assertThat(GRID.row(umap.patches().get(nearest(umap.positions(), i))))
                    .isEqualTo(GRID.row(umap.patches().get(i)));
        }
        assertThat(umap.iterations()).isEqualTo(500);
        assertThat(umap.recall()).hasValue(1.0).isEqualTo(tsne.recall());
        assertThat(Projection.figures(umap).getFirst().title()).isEqualTo("Map by UMAP");
        try (Stream<Path> kept = Files.list(study.folder().resolve("cache"))) {
            assertThat(kept.filter(Files::isDirectory)).hasSize(1);
        }
        assertThat(study.verify().problems()).isEmpty();
    }

    @Test
    void theRecallOfAnApproximateSearchIsTold() {
        Projection.Result result = of(options("neighbors", "approximate"));
        assertThat(result.recall().orElseThrow()).isBetween(0.9, 1.0);
        Figure.Table quality = (Figure.Table) Projection.figures(result).stream()
                .filter(figure -> figure.title().equals("Quality of the map"))
                .findFirst()
                .orElseThrow();
        assertThat(quality.rows().toString()).contains("nearest neighbours found by the");
    }

    @Test
    void moreNeighborsThanPointsAreRefused() {
        assertThatThrownBy(() -> of(options("method", "umap", "points", "cls")))
                .hasMessageContaining("[n-neighbors 15] there are only 12 points");
    }

    @Test
    void aMapIsShownWhileItGrows() {
        List<Integer> sizes = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(String stage, long done, long total) {
                assertThat(done).isBetween(0L, total);
            }

            @Override
            public void layout(PointSet points, Supplier<FloatMatrix> positions) {
                sizes.add(points.size());
                assertThat(positions.get().rows()).isEqualTo(points.size());
            }
        };
        Projection.Result result = Projection.of(study, options("method", "umap"), progress);
        assertThat(sizes).hasSize(500).containsOnly(result.positions().rows());
    }

    @Test
    void thePatchWithTheHighNormIsLeftOutAndMentioned() {
        Projection.Result result = of(pca());
        assertThat(result.leftOut()).isEqualTo(1);
        for (int i = 0; i < result.images().size(); i++) {
            assertThat(result.images().get(i) == 5 && result.patches().get(i) == 0)
                    .isFalse();
        }
        assertThat(Projection.figures(result).getFirst().caption())
                .contains("One patch with a norm far above the median is left out.");
    }

    /// Rows 0 and 1 of the grid on one side, row 2 on the other, or another division in two; never all on one.
    @Test
    void theForegroundIsOneSideOfTheFirstComponent() {
        Projection.Result positive = of(pca("foreground", "positive"));
        Projection.Result negative = of(pca("foreground", "negative"));
        int all = of(pca()).positions().rows();
        assertThat(positive.positions().rows()).isBetween(20, all - 20);
        assertThat(positive.positions().rows() + negative.positions().rows()).isEqualTo(all);
        int uncovered = 0;
        for (int patch = 0; patch < 12; patch++) {
            uncovered += Float.isNaN(shown(positive).colors().get(patch, 0)) ? 1 : 0;
        }
        assertThat(uncovered).isBetween(1, 11);
    }

    @Test
    void anImageIsShownInTheColoursOfTheComponents() {
        Projection.ShownImage shown = shown(of(pca()));
        assertThat(shown.id()).isEqualTo("image-0.png");
        for (int patch = 0; patch < 12; patch++) {
            int sameRow = patch / 4 * 4;
            assertThat(shown.colors().get(patch, 0)).isCloseTo(shown.colors().get(sameRow, 0), within(0.2f));
        }
        assertThat(shown(of(pca("most", "12"))).colors().get(0, 0)).isNotNaN();
        assertThat(Projection.figures(of(pca("points", "cls")))).noneMatch(f -> f instanceof Figure.PatchColors);
    }

    private static Projection.ShownImage shown(Projection.Result result) {
        return result.shown().orElseThrow();
    }

    /// Three centres span a plane; the rest is noise.
    @Test
    void twoComponentsHoldTheThreeCentres() {
        Projection.Result result = of(pca());
        float two = result.variances().get(0, 0) + result.variances().get(0, 1);
        assertThat(two).isGreaterThan(0.9f);
        assertThat(result.keptVariance()).isGreaterThan(two).isLessThanOrEqualTo(1);
        assertThat(result.divergence()).isEmpty();
    }

    @Test
    void aMapMayHaveThreeAxes() {
        assertThat(of(pca("axes", "3")).positions().columns()).isEqualTo(3);
    }

    @Test
    void anImageIsAPointByItsClsTokenOrTheMeanOfItsPatches() {
        assertThat(of(pca("points", "cls")).positions().rows()).isEqualTo(IMAGES);
        Projection.Result mean = of(pca("points", "mean"));
        assertThat(mean.positions().rows()).isEqualTo(IMAGES);
        assertThat(mean.leftOut()).isZero();
    }

    @Test
    void ofManyPatchesTheSameNumberIsDrawnFromEachImage() {
        Projection.Result result = of(pca("most", "40", "metric", "cosine"));
        assertThat(result.positions().rows()).isBetween(35, 36);
        assertThat(result.images().stream().filter(image -> image == 7)).hasSize(3);
    }

    @Test
    void colorsAreThoseThatWereAskedFor() {
        Figure.Scatter map = (Figure.Scatter) Projection.figures(of(pca())).getFirst();
        assertThat(map.colors().values().get(0, 0)).isZero();
        assertThat(map.colors().values().get(0, 11)).isEqualTo(2);
        assertThat(of(pca("color-by", "norm")).colors().name()).isEqualTo("norm of the embedding");
        assertThatThrownBy(() -> of(pca("color-by", "site")))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining(
                        "[color-by site] is neither row, column, position, norm, cluster, layer or placed nor a column"
                                + " of the metadata");
    }

    @Test
    void tooFewPointsForThePerplexityAreRefused() {
        assertThatThrownBy(() -> of(options("points", "cls")))
                .hasMessageContaining("[perplexity 30.0] each of 12 points has 11 others");
    }

    @Test
    void equalPatchesGiveNoMap() {
        try (Study equal = write("equal", (image, layer) -> {
            FloatMatrix tokens = FloatMatrix.zeros(13, DIMENSIONS);
            for (int row = 0; row < 13; row++) {
                tokens.set(row, 3, 1);
            }
            return tokens;
        })) {
            assertThatThrownBy(() -> Projection.of(equal, pca(), Progress.NONE))
                    .hasMessage("[points] all 144 are equal; there is nothing to tell apart.");
        }
    }

    private static ProjectionOptions options(String... namesAndValues) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Projection.ANALYSIS.schema().parse(texts);
    }

    private static ProjectionOptions pca(String... namesAndValues) {
        List<String> all = new ArrayList<>(List.of("method", "pca"));
        all.addAll(List.of(namesAndValues));
        return options(all.toArray(String[]::new));
    }

    private Projection.Result of(ProjectionOptions options) {
        return Projection.of(study, options, Progress.NONE);
    }

    private Study write(String name, SyntheticStudy.Tokens tokens) {
        return new SyntheticStudy(
                        IMAGES,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        DIMENSIONS,
                        4,
                        List.of(new Layer(2), Layer.LAST),
                        tokens,
                        Optional.empty())
                .write(folder.resolve(name));
    }

    private static FloatMatrix tokens(int image, Layer layer) {
        RandomGenerator random = new Seed(3).task(image).generator();
        FloatMatrix tokens = FloatMatrix.zeros(13, DIMENSIONS);
        for (int row = 0; row < 13; row++) {
            float scale = image == 5 && row == 1 ? 40 : 1;
            for (int i = 0; i < DIMENSIONS; i++) {
                boolean center = row > 0 && i == GRID.row(row - 1);
                tokens.set(row, i, scale * (float) ((center ? 5 : 0) + 0.2 * random.nextGaussian()));
            }
        }
        return tokens;
    }

    private static int nearest(FloatMatrix map, int point) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < map.rows(); j++) {
            double distance = Math.hypot(map.get(point, 0) - map.get(j, 0), map.get(point, 1) - map.get(j, 1));
            if (j != point && distance < least) {
                least = distance;
                nearest = j;
            }
        }
        return nearest;
    }
}
