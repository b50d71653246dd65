package org.patchlens.analysis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.AnalysisContract;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.ResultJson;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.analysis.cluster.ClusterSummary.Composition;
import org.patchlens.analysis.cluster.ClusterSummary.Exemplar;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;

/// Twelve images of 3 x 4 patches in 16 dimensions, of six patients: three are healthy with one, two and three
/// images, three are ill with two each. A patch lies near one of three centres, that of its row; in the ill, patch
/// 2,3 lies near a fourth. Patch 0,0 of image 5 has a norm far above all others.
class ClustersTest implements AnalysisContract<ClusterOptions, Clusters.Result> {
    private static final PatchGrid GRID = new PatchGrid(3, 4);
    private static final int IMAGES = 12;
    private static final int DIMENSIONS = 16;
    private static final List<String> PATIENTS = List.of("a", "b", "b", "c", "c", "c", "d", "d", "e", "e", "f", "f");
    private static final Map<String, String> FOUR = Map.of("clusters", "4");
    private static final Map<String, String> DENSE =
            Map.of("method", "hdbscan", "min-cluster-size", "5", "min-samples", "3");

    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        study = synthetic().write(folder.resolve("planted"));
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Override
    public Analysis<ClusterOptions, Clusters.Result> analysis() {
        return Clusters.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    @ParameterizedTest
    @CsvSource({"kmeans, euclidean", "kmeans, cosine", "hdbscan, euclidean", "hdbscan, cosine"})
    void patchesOfOneKindAreOneCluster(String method, String metric) {
        Clusters.Result result = of(Map.of(
                "method", method, "metric", metric, "clusters", "4", "min-cluster-size", "5", "min-samples", "3"));
        assertThat(result.clusters()).hasSize(4);
        assertThat(result.leftOut()).isEqualTo(1);
        Map<Integer, Integer> labelOfKind = new HashMap<>();
        for (int point = 0; point < result.labels().size(); point++) {
            int label = result.labels().get(point);
            int kind = kind(result.images().get(point), result.patches().get(point));
            assertThat(labelOfKind.computeIfAbsent(kind, unknown -> label)).isEqualTo(label);
        }
        assertThat(labelOfKind.values()).doesNotHaveDuplicates();
        assertThat(result.silhouette()).isGreaterThan(0.7);
        assertThat(result.inertia().isPresent()).isEqualTo(method.equals("kmeans"));
    }

    @ParameterizedTest
    @CsvSource({"kmeans", "hdbscan"})
    void theSameBytesForOneTwoAndEightThreads(String method) {
        Map<String, String> options = method.equals("kmeans") ? FOUR : DENSE;
        String expected = ResultJson.text(of(with(options, "threads", "1")));
        assertThat(ResultJson.text(of(with(options, "threads", "2")))).isEqualTo(expected);
        assertThat(ResultJson.text(of(with(options, "threads", "8")))).isEqualTo(expected);
    }

    @Test
    void clustersAreNumberedBySize() {
        Clusters.Result result = of(FOUR);
        assertThat(result.clusters().stream().map(ClusterSummary::size)).containsExactly(48, 47, 42, 6);
        assertThat(IntStream.range(0, 143).filter(i -> result.labels().get(i) == 3))
                .hasSize(6);
    }

    /// Six images of three patients have a patch of the fourth kind: three patients are counted, not six images.
    @Test
    void everyPatientCountsOnce() {
        ClusterSummary ill = of(FOUR).clusters().get(3);
        assertThat(ill.images()).isEqualTo(6);
        assertThat(ill.patients()).isEqualTo(3);
        Composition byState = ill.composition().getFirst();
        assertThat(byState.column()).isEqualTo("state");
        assertThat(byState.values()).containsExactly("healthy", "ill");
        assertThat(byState.patients()).containsExactly(0, 3);
        assertThat(byState.ofPatients()).containsExactly(3, 3);
        assertThat(byState.shares().get(1)).isEqualTo(1.0 / 12, within(1e-9));
        ClusterSummary withOutlier = of(FOUR).clusters().get(1);
        assertThat(withOutlier.composition().getFirst().shares().get(0))
                .isEqualTo((4.0 / 12 + 4.0 / 12 + 11.0 / 35) / 3, within(1e-9));
    }

    @Test
    void exemplarsAreNearTheCentreAndOfDifferentPatients() {
        for (ClusterSummary cluster : of(FOUR).clusters()) {
            List<Exemplar> exemplars = cluster.exemplars();
            assertThat(exemplars).hasSize(cluster.patients());
            assertThat(exemplars.stream().map(one -> PATIENTS.get(one.image()))).doesNotHaveDuplicates();
            assertThat(exemplars.stream().map(Exemplar::distance).toList()).isSorted();
        }
    }

    @Test
    void exemplarsAreMarkedInTheirImages() {
        Clusters.Result result = of(FOUR);
        Figure.Grid grid = (Figure.Grid) Clusters.figures(result).stream()
                .filter(figure -> figure.title().equals("Exemplars of the clusters"))
                .findFirst()
                .orElseThrow();
        assertThat(grid.columns()).isEqualTo(4);
        Exemplar fourth = result.clusters().getFirst().exemplars().get(3);
        Figure.Overlay panel = (Figure.Overlay) grid.panels().get(3);
        assertThat(panel.image()).isEqualTo(fourth.image());
        int row = result.grid().row(fourth.patch());
        int column = result.grid().column(fourth.patch());
        assertThat(panel.marks()).containsExactly(new Figure.Mark(row, column, Figure.MarkKind.CHOSEN));
        assertThat(panel.values().get(row, column)).isEqualTo((float) fourth.distance());
    }

    /// Black patches belong to no cluster.
    @Test
    void everyClusterHasAColourThatIsNotBlack() {
        for (int cluster = 0; cluster < 14; cluster++) {
            FloatMatrix color = ClusterColor.paint(FloatMatrix.of(1, 1, cluster));
            assertThat(color.get(0, 0) + color.get(0, 1) + color.get(0, 2)).isGreaterThan(0.5f);
            for (int other = 0; other < cluster; other++) {
                assertThat(color).isNotEqualTo(ClusterColor.paint(FloatMatrix.of(1, 1, other)));
            }
        }
        assertThat(ClusterColor.paint(FloatMatrix.of(1, 1, Float.NaN)).get(0, 0))
                .isNaN();
    }

    @Test
    void aPositionMapTellsWhereTheClusterLies() {
        ClusterSummary ill = of(FOUR).clusters().get(3);
        assertThat(ill.positions().get(2, 3)).isEqualTo(0.5f);
        assertThat(ill.positions().get(2, 2)).isZero();
        ClusterSummary row = of(FOUR).clusters().get(0);
        assertThat(row.positions().get(1, 0)).isEqualTo(1);
        // eleven of the twelve patches there are points, and all are in the cluster
        ClusterSummary withOutlier = of(FOUR).clusters().get(1);
        assertThat(withOutlier.positions().get(0, 0)).isEqualTo(1);
    }

    /// Where nobody knows the patients, every image has an exemplar.
    @Test
    void anImageIsShownWithAllItsPatchesAlsoThoseThatWereNotDrawn() {
        try (Study anonymous = anonymous().write(folder.resolve("anonymous"))) {
            for (Map<String, String> options : List.of(FOUR, DENSE)) {
                Map<String, String> all = with(with(options, "shown", "100"), "exemplars", "100");
                Clusters.Result result = Clusters.of(
                        anonymous, Clusters.ANALYSIS.schema().parse(with(all, "most", "96")), Progress.NONE);
                assertThat(result.labels().size()).isBetween(95, 96);
                assertThat(result.shown()).hasSize(IMAGES);
                for (Clusters.ShownImage shown : result.shown()) {
                    for (int patch = 0; patch < 12; patch++) {
                        boolean outlier = shown.index() == 5 && patch == 0;
                        assertThat(Float.isNaN(shown.labels().get(0, patch))).isEqualTo(outlier);
                    }
                    for (int point = 0; point < result.labels().size(); point++) {
                        if (result.images().get(point) == shown.index()) {
                            assertThat(shown.labels().get(0, result.patches().get(point)))
                                    .isEqualTo((float) result.labels().get(point));
                        }
                    }
                }
                assertThat(Clusters.figures(result).getFirst()).isInstanceOf(Figure.Grid.class);
            }
        }
    }

    /// The images of the exemplars, the largest cluster's first, each once.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100})
    void asManyImagesAreShownAsAreAskedFor(int shown) {
        Clusters.Result result = of(with(FOUR, "shown", Integer.toString(shown)));
        List<Integer> images =
                result.shown().stream().map(Clusters.ShownImage::index).toList();
        List<Integer> ofExemplars = result.clusters().stream()
                .flatMap(cluster -> cluster.exemplars().stream())
                .map(Exemplar::image)
                .distinct()
                .toList();
        assertThat(images).hasSize(Math.min(shown, ofExemplars.size())).doesNotHaveDuplicates();
        assertThat(ofExemplars).containsAll(images);
        if (shown > 0) {
            assertThat(images.getFirst())
                    .isEqualTo(
                            result.clusters().getFirst().exemplars().getFirst().image());
        }
    }

    /// Images are counted where nobody knows the patients; not twice.
    @Test
    void patientsAreCountedWhereAColumnTellsThemApart() {
        assertThat(columns(study)).endsWith("images", "patients");
        try (Study anonymous = anonymous().write(folder.resolve("anonymous"))) {
            assertThat(columns(anonymous)).endsWith("silhouette", "images").doesNotContain("patients");
        }
    }

    private static List<String> columns(Study study) {
        Clusters.Result result = Clusters.of(study, Clusters.ANALYSIS.schema().parse(FOUR), Progress.NONE);
        return ((Figure.Table) Clusters.figures(result).get(1)).columns();
    }

    /// A patch has a colour for its distance; a whole image has none, and needs no colours explained.
    @ParameterizedTest
    @CsvSource({"patches, true", "mean, false", "cls, false"})
    void onlyPatchesNeedAScale(String points, boolean scale) {
        Clusters.Result result = of(Map.of("clusters", "3", "points", points));
        Figure.Grid grid = (Figure.Grid) Clusters.figures(result).stream()
                .filter(figure -> figure.title().equals("Exemplars of the clusters"))
                .findFirst()
                .orElseThrow();
        assertThat(grid.scale().isPresent()).isEqualTo(scale);
    }

    @Test
    void clustersAreComparedWithAColumnOnRequest() {
        Clusters.Result result = of(with(FOUR, "compare", "State"));
        Clusters.Agreement agreement = result.agreement().orElseThrow();
        assertThat(agreement.column()).isEqualTo("state");
        assertThat(agreement.points()).isEqualTo(143);
        assertThat(agreement.adjustedRand()).isBetween(-0.02, 0.05);
        assertThatThrownBy(() -> of(with(FOUR, "compare", "site"))).hasMessageContaining("[metadata column site]");
    }

    @Test
    void imagesAreGroupedToo() {
        Clusters.Result result = of(Map.of("clusters", "3", "points", "mean"));
        assertThat(result.labels()).hasSize(IMAGES);
        assertThat(result.shown()).isEmpty();
        assertThat(result.labels().get(0)).isNotEqualTo(result.labels().get(11));
        assertThat(Clusters.figures(result).stream().map(Figure::title))
                .contains("Exemplars of the clusters")
                .doesNotContain("Where the clusters lie", "Images in the colours of the clusters");
    }

    @Test
    void pointsAreChosenByFilterAndPatient() {
        assertThat(of(with(FOUR, "where", "state=ill")).labels()).hasSize(72);
        assertThat(of(Map.of("clusters", "3", "sample-by", "patient", "each", "4"))
                        .labels())
                .hasSizeBetween(23, 24);
    }

    @Test
    void whatCannotBeIsSaidInOneSentence() {
        assertThatThrownBy(() -> of(Map.of("clusters", "200")))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[cluster] there are 143 points; at least 200 are needed for these options. Choose more"
                        + " points with --most or --where, or fewer and smaller clusters.");
        assertThatThrownBy(() -> of(Map.of("method", "hdbscan", "min-cluster-size", "100")))
                .hasMessageContaining("at least 200 are needed");
        assertThatThrownBy(() -> of(Map.of("mask-class", "lung"))).hasMessageContaining("the study has no masks");
    }

    private Clusters.Result of(Map<String, String> options) {
        return Clusters.of(study, Clusters.ANALYSIS.schema().parse(options), Progress.NONE);
    }

    private static Map<String, String> with(Map<String, String> options, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(name, value);
        return more;
    }

    private static SyntheticStudy anonymous() {
        return new SyntheticStudy(
                IMAGES,
                GRID,
                TokenLayout.CLS_AND_PATCHES,
                DIMENSIONS,
                4,
                List.of(new Layer(2), Layer.LAST),
                (image, layer) -> tokens(image),
                Optional.empty());
    }

    private static SyntheticStudy synthetic() {
        return anonymous()
                .with(MetadataColumn.of("patient", PATIENTS))
                .with(MetadataColumn.of(
                        "state",
                        PATIENTS.stream()
                                .map(patient -> patient.compareTo("d") < 0 ? "healthy" : "ill")
                                .toList()));
    }

    private static int kind(int image, int patch) {
        return image >= 6 && patch == 11 ? 3 : GRID.row(patch);
    }

    private static FloatMatrix tokens(int image) {
        RandomGenerator random = new Seed(3).task(image).generator();
        FloatMatrix tokens = FloatMatrix.zeros(13, DIMENSIONS);
        for (int row = 0; row < 13; row++) {
            float scale = image == 5 && row == 1 ? 40 : 1;
            for (int i = 0; i < DIMENSIONS; i++) {
                boolean center = row > 0 && i == kind(image, row - 1);
                tokens.set(row, i, scale * (float) ((center ? 5 : 0) + 0.2 * random.nextGaussian()));
            }
        }
        return tokens;
    }
}
