package org.patchlens.analysis.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.ResultJson;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.study.result.NumberArray;
import org.patchlens.study.result.ResultContent;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Twelve images of 3 x 4 patches in 16 dimensions, of the patients a (one image), b (two), c (three) and d (six);
/// the last four are to be tested. A patch lies near one of three centres, that of its row. Layer 1 is noise,
/// layer 2 has what the last layer has, multiplied by 3. The mask covers the top row.
class ProjectedPointsTest {
    private static final PatchGrid GRID = new PatchGrid(3, 4);
    private static final int IMAGES = 12;
    private static final int DIMENSIONS = 16;
    private static final List<String> PATIENTS = List.of("a", "b", "b", "c", "c", "c", "d", "d", "d", "d", "d", "d");

    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        study = new SyntheticStudy(
                        IMAGES,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        DIMENSIONS,
                        4,
                        List.of(new Layer(1), new Layer(2), Layer.LAST),
                        ProjectedPointsTest::tokens,
                        Optional.empty())
                .with(column("patient", PATIENTS))
                .with(column(
                        "split",
                        IntStream.range(0, IMAGES)
                                .mapToObj(i -> i < 8 ? "train" : "test")
                                .toList()))
                .with(new SyntheticStudy.Mask("lung", image -> Optional.of(topRow())))
                .write(folder.resolve("planted"));
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    private static MetadataColumn column(String name, List<String> values) {
        return new MetadataColumn.Text(name, values.stream().map(Optional::of).toList());
    }

    private static FloatMatrix topRow() {
        FloatMatrix coverage = FloatMatrix.zeros(12, 1);
        coverage.rows(0, 4).fill(1);
        return coverage;
    }

    private static FloatMatrix tokens(int image, Layer layer) {
        RandomGenerator random =
                new Seed(layer.equals(new Layer(1)) ? 4 : 3).task(image).generator();
        float scale = layer.equals(new Layer(2)) ? 3 : 1;
        FloatMatrix tokens = FloatMatrix.zeros(13, DIMENSIONS);
        for (int row = 0; row < 13; row++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                boolean center = row > 0 && i == GRID.row(row - 1) && !layer.equals(new Layer(1));
                tokens.set(row, i, scale * (float) ((center ? 5 : 0) + 0.2 * random.nextGaussian()));
            }
        }
        return tokens;
    }

    @Test
    void imagesAreChosenByAFilter() {
        Projection.Result result = of("method", "pca", "where", "split=test");
        assertThat(new TreeSet<>(result.images())).containsExactly(8, 9, 10, 11);
        assertThatThrownBy(() -> of("where", "split=other")).hasMessageContaining("selects none of 12 images");
    }

    @Test
    void patchesAreChosenByAMask() {
        Projection.Result result = of("method", "pca", "mask-class", "lung");
        assertThat(new TreeSet<>(result.patches())).containsExactly(0, 1, 2, 3);
        assertThat(result.positions().rows()).isEqualTo(IMAGES * 4);
    }

    @Test
    void everyPatientHasTheSameNumberOfPoints() {
        Projection.Result result = of("method", "pca", "sample-by", "patient", "each", "9");
        Map<String, Integer> counts = new HashMap<>();
        result.images().forEach(image -> counts.merge(PATIENTS.get(image), 1, Integer::sum));
        assertThat(counts).isEqualTo(Map.of("a", 9, "b", 9, "c", 9, "d", 9));
    }

    /// What is placed changes nothing of what it is placed into, and lands among its own kind.
    @ParameterizedTest
    @ValueSource(strings = {"pca", "tsne", "umap"})
    void imagesArePlacedIntoTheFinishedMapOfTheOthers(String method) {
        Projection.Result alone = of("method", method, "where", "split=train");
        Projection.Result both = of("method", method, "place", "split=test", "color-by", "placed");
        assertThat(both.positions().rows()).isEqualTo(IMAGES * 12);
        assertThat(both.positions().rows(0, 8 * 12)).isEqualTo(alone.positions());
        Projection.Placed placed = both.placed().orElseThrow();
        assertThat(placed.points()).isEqualTo(4 * 12);
        assertThat(placed.neighborsKept()).isGreaterThan(0.2);
        int own = 0;
        for (int point = 8 * 12; point < IMAGES * 12; point++) {
            int nearest = nearest(both.positions(), point, 8 * 12);
            own += GRID.row(both.patches().get(nearest))
                            == GRID.row(both.patches().get(point))
                    ? 1
                    : 0;
        }
        assertThat(own).isGreaterThan(46);
        assertThat(both.colors().values().get(0, 8 * 12 - 1)).isZero();
        assertThat(both.colors().values().get(0, 8 * 12)).isEqualTo(1);
        assertThat(Projection.figures(both).getFirst().caption())
                .contains("Of these points 48 were placed into the finished map of the others.");
    }

    private static int nearest(FloatMatrix map, int point, int candidates) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < candidates; j++) {
            double distance = Math.hypot(map.get(point, 0) - map.get(j, 0), map.get(point, 1) - map.get(j, 1));
            if (distance < least) {
                least = distance;
                nearest = j;
            }
        }
        return nearest;
    }

    @Test
    void layersStandSideBySideTurnedOntoEachOther() {
        Projection.Result result = of("method", "pca", "layers", "2,1,last");
        assertThat(result.layers()).extracting(Projection.LayerView::layer).containsExactly(new Layer(1), new Layer(2));
        Projection.LayerView same = result.layers().get(1);
        assertThat(same.disparity()).isLessThan(1e-9);
        assertThat(result.layers().get(0).disparity()).isGreaterThan(0.9);
        for (int point = 0; point < 12; point++) {
            assertThat(same.positions().get(point, 0))
                    .isCloseTo(result.positions().get(point, 0), within(1e-3f));
        }
        List<Figure> figures = Projection.figures(result);
        Figure.Grid grid = (Figure.Grid) figures.getFirst();
        assertThat(grid.panels()).extracting(Figure::title).containsExactly("Layer 1", "Layer 2", "Last layer");
        assertThat(figures.get(1).title()).isEqualTo("Map by principal components");
        Figure.Table table = (Figure.Table) titled(figures, "Quality of the maps of all layers");
        assertThat(table.rows()).extracting(List::getFirst).containsExactly("1", "2", "last");
    }

    @Test
    void layersOverEachOtherHaveAColourEach() {
        Projection.Result result = of("method", "pca", "layers", "1,2", "color-by", "layer");
        Figure.Scatter all = (Figure.Scatter) Projection.figures(result).getFirst();
        assertThat(all.points().rows()).isEqualTo(3 * IMAGES * 12);
        assertThat(((Figure.ByCategory) all.colors()).categories()).containsExactly("layer 1", "layer 2", "last layer");
        assertThat(all.colors().values().get(0, IMAGES * 12)).isEqualTo(1);
        assertThatThrownBy(() -> of("method", "pca", "color-by", "layer"))
                .hasMessage("[color-by layer] there is one layer only. Name the others with --layers.");
    }

    @Test
    void aPositionIsOneOfSix() {
        Figure.ByCategory colors =
                (Figure.ByCategory) of("method", "pca", "color-by", "position").colors();
        assertThat(colors.categories()).containsExactly("middle", "left", "right", "top", "bottom", "corner");
        assertThat(colors.categories().get((int) colors.values().get(0, 0))).isEqualTo("corner");
        assertThat(colors.categories().get((int) colors.values().get(0, 7))).isEqualTo("right");
    }

    @Test
    void valuesThatNoPointHasAreNoCategories() {
        Figure.PointColors colors =
                of("method", "pca", "where", "split=test", "color-by", "split").colors();
        assertThat(((Figure.ByCategory) colors).categories()).containsExactly("test");
    }

    @Test
    void theMiddleOfImagesIsOnThePositiveSide() {
        Projection.Result positive = of("method", "pca", "foreground", "positive");
        assertThat(positive.patches()).contains(5, 6);
        Projection.Result negative = of("method", "pca", "foreground", "negative");
        assertThat(negative.patches()).doesNotContain(5, 6);
    }

    @Test
    void pointsHaveTheColoursOfSavedClusters() {
        assertThatThrownBy(() -> of("color-by", "cluster"))
                .hasMessage("[color-by cluster] the study keeps no clusters. Save clusters with patchlens cluster"
                        + " --save NAME.");
        save("one", "patches", List.of(0, 0, 1), List.of(0, 1, 2), List.of(1, -1, 0));
        Figure.ByCategory colors =
                (Figure.ByCategory) of("method", "pca", "color-by", "cluster").colors();
        assertThat(colors.categories()).containsExactly("cluster 0", "cluster 1", "noise");
        assertThat(colors.values().get(0, 0)).isEqualTo(1);
        assertThat(colors.values().get(0, 1)).isEqualTo(2);
        assertThat(colors.values().get(0, 2)).isNaN();
        assertThat(colors.values().get(0, 14)).isZero();
        save("two", "cls", List.of(0), List.of(0), List.of(0));
        assertThatThrownBy(() -> of("color-by", "cluster")).hasMessageContaining("several: cluster/one, cluster/two");
        assertThat(of("method", "pca", "color-by", "cluster/one").colors()).isEqualTo(colors);
        assertThatThrownBy(() -> of("color-by", "cluster/two")).hasMessageContaining("are cls, not patches");
        assertThatThrownBy(() -> of("color-by", "cluster/six")).hasMessageContaining("is not in the study");
    }

    private void save(String name, String unit, List<Integer> images, List<Integer> patches, List<Integer> labels) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("points", unit);
        SequencedMap<String, NumberArray> arrays = new LinkedHashMap<>();
        arrays.put("images", NumberArray.of(images));
        arrays.put("patches", NumberArray.of(patches));
        arrays.put("labels", NumberArray.of(labels));
        new ResultStore(study.folder())
                .save(
                        new ResultName("cluster", name),
                        new ResultContent(options, JsonNodeFactory.instance.objectNode(), "{}", "[]", arrays));
    }

    @Test
    void theMapSaysWhichPatchEachPointIs() {
        Figure.Scatter map = (Figure.Scatter)
                Projection.figures(of("method", "pca", "where", "split=test")).getFirst();
        Figure.PointNames names = map.names().orElseThrow();
        assertThat(names.images().get((int) names.places().get(0, 17))).isEqualTo("image-9.png");
        assertThat(names.places().get(1, 17)).isEqualTo(1);
        assertThat(names.places().get(2, 17)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"pca, 3", "tsne, 2", "umap, 3"})
    void theSameBytesForAnyNumberOfThreads(String method, String axes) {
        Set<String> results = new HashSet<>();
        for (String threads : List.of("1", "2", "8")) {
            results.add(ResultJson.text(of(
                    "method",
                    method,
                    "place",
                    "split=test",
                    "layers",
                    "2",
                    "axes",
                    axes,
                    "iterations",
                    "20",
                    "epochs",
                    "50",
                    "threads",
                    threads)));
        }
        assertThat(results).hasSize(1);
    }

    @Test
    void progressNeverGoesBack() {
        List<Long> done = new ArrayList<>();
        Projection.of(
                study,
                options("method", "umap", "epochs", "50", "layers", "1,2", "place", "split=test"),
                (stage, steps, total) -> done.add(total - steps));
        assertThat(done).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(done.getLast()).isZero();
    }

    private static Figure titled(List<Figure> figures, String title) {
        return figures.stream()
                .filter(figure -> figure.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static ProjectionOptions options(String... namesAndValues) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Projection.ANALYSIS.schema().parse(texts);
    }

    private Projection.Result of(String... namesAndValues) {
        return Projection.of(study, options(namesAndValues), Progress.NONE);
    }
}
