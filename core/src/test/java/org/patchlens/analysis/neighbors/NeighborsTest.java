package org.patchlens.analysis.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
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
import org.patchlens.analysis.neighbors.Neighbors.Group;
import org.patchlens.analysis.neighbors.Neighbors.Hit;
import org.patchlens.analysis.neighbors.Neighbors.Reason;
import org.patchlens.analysis.neighbors.Neighbors.Ungrouped;
import org.patchlens.analysis.neighbors.NeighborsOptions.Exclude;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.patch.LayerPatches;
import org.patchlens.patch.PatchIndex;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;

/// Thirty images of 3 x 4 patches: patch p of every image is near direction p, closest in images of the same site;
/// image i is of patient i / 2, and of site A if i is even.
class NeighborsTest implements AnalysisContract<NeighborsOptions, Neighbors.Result> {
    private static final int IMAGES = 30;
    private static final PatchGrid GRID = new PatchGrid(3, 4);
    private static final FloatMatrix CENTERS = RandomMatrix.normal(24, 16, 100);
    private static final TaskPool POOL = new TaskPool(2);

    @TempDir
    Path folder;

    private Study study;

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    @BeforeEach
    void writeStudy() {
        study = new SyntheticStudy(
                        IMAGES,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        16,
                        2,
                        List.of(new Layer(1), Layer.LAST),
                        (image, layer) -> tokens(image),
                        Optional.empty())
                .with(column("site", image -> image % 2 == 0 ? "A" : "B"))
                .with(column("patient", image -> "p" + image / 2))
                .with(column("label", image -> List.of("covid", "normal", "").get(image % 3)))
                .with(column("grade", image -> Integer.toString(image % 4)))
                .with(column("width", image -> Integer.toString(1000 + 10 * (image % 2))))
                .with(column("dose", image -> image % 2 == 0 ? "0.5" : "1"))
                .with(column("doi", image -> "10.1000/" + image + "x"))
                .with(column("view", image -> "axial"))
                .write(folder.resolve("study"));
    }

    private static FloatMatrix tokens(int image) {
        FloatMatrix tokens = RandomMatrix.normal(13, 16, image);
        for (int patch = 0; patch < 12; patch++) {
            for (int i = 0; i < 16; i++) {
                float noise = 0.2f * tokens.get(patch + 1, i);
                tokens.set(patch + 1, i, CENTERS.get(2 * patch + image % 2, i) + 2 + noise);
            }
        }
        return tokens;
    }

    private static MetadataColumn column(String name, IntFunction<String> values) {
        return MetadataColumn.of(
                name, IntStream.range(0, IMAGES).mapToObj(values).toList());
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Override
    public Analysis<NeighborsOptions, Neighbors.Result> analysis() {
        return Neighbors.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    private Neighbors.Result of(NeighborsOptions options) {
        return Neighbors.of(study, options, Progress.NONE);
    }

    private static NeighborsOptions query(int k) {
        return NeighborsOptions.defaults()
                .withImage("image-4.png")
                .withPatch(2, 1)
                .withK(k);
    }

    @Test
    void theSamePatchOfTheSameSiteIsNearest() {
        Neighbors.Result result = of(query(14));
        assertThat(result.hits()).hasSize(14).allMatch(hit -> hit.row() == 2 && hit.column() == 1);
        assertThat(result.hits()).extracting(Hit::index).doesNotContain(4).allMatch(image -> image % 2 == 0);
        assertThat(result.hits()).isSortedAccordingTo((a, b) -> Float.compare(b.similarity(), a.similarity()));
        assertThat(result.searched().images()).isEqualTo(29);
        assertThat(result.searched().patches()).isEqualTo(29 * 12);
    }

    /// 14 of 14 hits from site A, where 14 of 29 images are; the column of patients has 15 values and counts too.
    @Test
    void hitsAreCountedPerGroupBesideTheShareOfTheGroup() {
        Neighbors.Result result = of(query(14));
        assertThat(result.groups())
                .contains(
                        new Group("site", Optional.of("A"), 14, 1, 14 / 29.0),
                        new Group("site", Optional.of("B"), 0, 0, 15 / 29.0));
        assertThat(result.groups().stream().filter(group -> group.column().equals("label")))
                .extracting(Group::value)
                .containsExactlyInAnyOrder(Optional.of("covid"), Optional.of("normal"), Optional.empty());
        Figure.Table groups = (Figure.Table) Neighbors.figures(result).getLast();
        assertThat(groups.rows()).contains(List.of("site", "A", "14 of 14", "100.0", "48.3"));
    }

    @Test
    void columnsWhoseValuesAreNoGroupsAreNamed() {
        Neighbors.Result result = of(query(14));
        assertThat(result.groups()).extracting(Group::column).containsOnly("site", "patient", "label", "grade");
        assertThat(result.ungrouped())
                .containsExactly(
                        new Ungrouped("width", Reason.NUMBERS),
                        new Ungrouped("dose", Reason.NUMBERS),
                        new Ungrouped("doi", Reason.HARDLY_REPEATED),
                        new Ungrouped("view", Reason.ONE_VALUE));
        assertThat(Neighbors.figures(result).getLast().caption())
                .endsWith("Not counted are the columns width (numbers), dose (numbers), doi (hardly a value twice),"
                        + " view (one value).");
    }

    @Test
    void patientsAndFiltersLimitTheSearch() {
        assertThat(of(query(400).withExclude(Exclude.SAME_PATIENT)).hits())
                .hasSize(28 * 12)
                .extracting(Hit::index)
                .doesNotContain(4, 5);
        List<Hit> all = of(query(400).withExclude(Exclude.NONE)).hits();
        assertThat(all).hasSize(30 * 12 - 1).noneMatch(hit -> hit.index() == 4 && hit.row() == 2 && hit.column() == 1);
        assertThat(all).anyMatch(hit -> hit.index() == 4);
        Neighbors.Result filtered = of(query(5).withWhere("site=B and label=covid"));
        assertThat(filtered.searched().images()).isEqualTo(5);
        assertThat(filtered.hits()).hasSize(5).allMatch(hit -> hit.index() % 6 == 3);
    }

    @Test
    void theIndexTellsItsRecallAndAgreesHere() {
        refuses(
                query(10).withIndex(),
                "[index] the study has no index with --layer last --reduce center. Make one with patchlens index DIR"
                        + " --layer last --reduce center, or leave --index out.");
        PatchSimilarity similarity =
                PatchSimilarity.of(LayerPatches.of(study, Layer.LAST, POOL), Reduction.CENTER, POOL);
        PatchIndex made = PatchIndex.make(similarity, POOL, done -> {});
        assertThat(made.recall()).isGreaterThanOrEqualTo(0.95);
        for (NeighborsOptions options : List.of(
                query(10), query(10).withExclude(Exclude.SAME_PATIENT), query(7).withWhere("site=B and label=covid"))) {
            Neighbors.Result found = of(options.withIndex());
            assertThat(found.searched().recall()).contains(made.recall());
            assertThat(found.hits()).isEqualTo(of(options).hits());
            assertThat(Neighbors.figures(found).getFirst().caption()).contains("by the index, which finds");
        }
        refuses(query(10).withIndex().withReduce(Reduction.WHITEN), "no index with --layer last --reduce whiten");
        refuses(query(10).withIndex().withLayer(new Layer(1)), "no index with --layer 1");
    }

    @Test
    void correspondingPatchesAreEachOthersMostSimilar() {
        Neighbors.Result result = of(query(3).withMutual("image-6.png"));
        Neighbors.Mutual mutual = result.mutual().orElseThrow();
        assertThat(mutual.pairs())
                .hasSize(12)
                .allMatch(pair -> pair.row() == pair.otherRow() && pair.column() == pair.otherColumn());
        Figure.Matches drawn = (Figure.Matches) Neighbors.figures(result).getFirst();
        assertThat(drawn.matches()).hasSize(12);
        assertThat(drawn.matches().getLast().strength())
                .isEqualTo(mutual.pairs().getFirst().similarity());
    }

    @Test
    void hitsOfOneImageShareAPanel() {
        Neighbors.Result result = of(query(60).withExclude(Exclude.SAME_PATIENT));
        Figure.Grid grid = (Figure.Grid) Neighbors.figures(result).getFirst();
        List<Integer> images = grid.panels().stream()
                .map(panel -> ((Figure.Overlay) panel).image())
                .toList();
        assertThat(images).doesNotHaveDuplicates().startsWith(4).hasSize(12);
    }

    @Test
    void whatCannotBeSearchedIsRefused() {
        refuses(query(3).withImage("image-44.png"), "[image image-44.png] is none of the 30 images");
        refuses(query(3).withPatch(0, 4), "[patch 0,4] is outside the grid of 3 x 4 patches");
        refuses(query(3).withWhere("site=C"), "[where site=C] selects none of 30 images; site has the values A, B.");
        refuses(query(3).withWhere("sit=A"), "Did you mean site?");
        refuses(
                query(3).withWhere("patient=p2").withExclude(Exclude.SAME_PATIENT),
                "[exclude same-patient] leaves no image to search of 30, filtered by patient=p2.");
        refuses(query(3).withMutual("image-99.png"), "[image image-99.png]");
        refuses(query(3).withLayer(new Layer(0)), "[layer 0] the study stores 1,last.");
    }

    @Test
    void withoutAColumnOfPatientsThereAreNone() {
        try (Study bare = new SyntheticStudy(
                        2,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        16,
                        2,
                        List.of(Layer.LAST),
                        (image, layer) -> tokens(image),
                        Optional.empty())
                .write(folder.resolve("bare"))) {
            assertThatThrownBy(() -> Neighbors.of(
                            bare, NeighborsOptions.defaults().withExclude(Exclude.SAME_PATIENT), Progress.NONE))
                    .hasMessage("[patient-column patient] the study has no metadata to tell patients by. Use --exclude"
                            + " same-image, or run extract again with --metadata.");
            Neighbors.Result result = Neighbors.of(bare, NeighborsOptions.defaults(), Progress.NONE);
            assertThat(result.groups()).isEmpty();
            assertThat(IntStream.range(0, 12).boxed().toList()).hasSameSizeAs(result.hits());
        }
    }

    /// Before the study is read, which may take a while.
    private void refuses(NeighborsOptions options, String message) {
        assertThatThrownBy(() -> Neighbors.of(study, options, (stage, done, total) -> {
                    throw new AssertionError("the work has begun");
                }))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining(message);
    }
}
