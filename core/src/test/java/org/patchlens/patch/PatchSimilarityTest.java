package org.patchlens.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;
import tools.jackson.databind.JsonNode;

/// The oracle is numpy in double precision (tools/reference/similarity.py).
class PatchSimilarityTest {
    /// Single precision over 8 dimensions, where a common direction five times as long as the differences is
    /// subtracted after the product, and whitening stretches up to ten times: 8 x 5 x 10 x 2^-24.
    private static final double TOLERANCE = 8 * 5 * 10 * 0x1p-24;

    private static final JsonNode GOLDEN = Golden.json(PatchSimilarityTest.class, "similarity.json");
    private static final TaskPool POOL = new TaskPool(2);
    private static final PatchGrid GRID = new PatchGrid(3, 4);

    @TempDir
    Path folder;

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    private static JsonNode golden(Reduction reduction) {
        return GOLDEN.get(reduction.name().toLowerCase(Locale.ROOT));
    }

    private Study golden() {
        FloatMatrix tokens = Golden.matrix(GOLDEN.get("tokens"));
        return new SyntheticStudy(
                        3,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        8,
                        2,
                        List.of(Layer.LAST),
                        (image, layer) -> tokens.rows(image * 13, image * 13 + 13),
                        Optional.empty())
                .write(folder.resolve("golden"));
    }

    /// Forty images of 3 x 4 patches of 24 dimensions, image 3 a copy of image 1.
    private Study random() {
        return new SyntheticStudy(
                        40,
                        GRID,
                        TokenLayout.PATCHES_ONLY,
                        24,
                        2,
                        List.of(Layer.LAST),
                        (image, layer) -> shifted(RandomMatrix.normal(12, 24, image == 3 ? 1 : image)),
                        Optional.empty())
                .write(folder.resolve("random"));
    }

    private static FloatMatrix shifted(FloatMatrix rows) {
        for (int row = 0; row < rows.rows(); row++) {
            for (int i = 0; i < rows.columns(); i++) {
                rows.set(row, i, rows.get(row, i) + (i % 3));
            }
        }
        return rows;
    }

    private static PatchSimilarity similarity(Study study, Reduction reduction) {
        return PatchSimilarity.of(LayerPatches.of(study, Layer.LAST, POOL), reduction, POOL);
    }

    private static BitSet all(Study study) {
        BitSet images = new BitSet();
        images.set(0, study.images().size());
        return images;
    }

    @ParameterizedTest
    @EnumSource
    void similaritiesAreThoseOfNumpy(Reduction reduction) {
        try (Study study = golden()) {
            PatchSimilarity similarity = similarity(study, reduction);
            JsonNode expected = golden(reduction);
            List<Integer> images = List.of(0, 1, 2);
            FloatMatrix one = similarity.maps(similarity.query(0, List.of(7)), images, POOL);
            assertThat(Golden.distance(one, Golden.matrix(expected.get("one")))).isLessThan(TOLERANCE);
            FloatMatrix several = similarity.maps(similarity.query(2, List.of(1, 2, 6)), images, POOL);
            assertThat(Golden.distance(several, Golden.matrix(expected.get("several"))))
                    .isLessThan(TOLERANCE);
            FloatMatrix matrix = similarity.matrix(0, 2);
            assertThat(Golden.distance(matrix, Golden.matrix(expected.get("matrix"))))
                    .isLessThan(TOLERANCE);
            assertThat(similarity.meanSimilarity())
                    .isCloseTo(expected.get("meanCosine").doubleValue(), within(TOLERANCE));
            assertThat(similarity.matches(0, 2, true))
                    .extracting(match -> List.of(match.patch(), match.other()))
                    .isEqualTo(expected.get("pairs")
                            .valueStream()
                            .map(pair ->
                                    List.of(pair.get(0).intValue(), pair.get(1).intValue()))
                            .toList());
        }
    }

    @Test
    void theOneOutlierIsFound() {
        try (Study study = golden()) {
            LayerPatches patches = LayerPatches.of(study, Layer.LAST, POOL);
            assertThat(patches.threshold()).isCloseTo(GOLDEN.get("threshold").doubleValue(), within(1e-5));
            List<Integer> outliers = IntStream.range(0, 36)
                    .filter(i -> patches.isOutlier(i / 12, i % 12))
                    .boxed()
                    .toList();
            assertThat(outliers).containsExactly(12 + 5);
            PatchSimilarity similarity = PatchSimilarity.of(patches, Reduction.NONE, POOL);
            PatchQuery query = similarity.query(1, List.of(5));
            assertThat(similarity
                            .nearest(query, 1, all(study), true, POOL)
                            .getFirst()
                            .patch())
                    .isEqualTo(5);
            assertThat(similarity.nearest(query, 36, all(study), false, POOL))
                    .hasSize(35)
                    .noneMatch(hit -> hit.image() == 1 && hit.patch() == 5);
            assertThat(similarity.matches(1, 2, false)).noneMatch(match -> match.patch() == 5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPatchIsMostSimilarToItself(Reduction reduction) {
        try (Study study = random()) {
            PatchSimilarity similarity = similarity(study, reduction);
            for (int patch = 0; patch < 12; patch++) {
                PatchHit hit = similarity
                        .nearest(similarity.query(7, List.of(patch)), 1, all(study), true, POOL)
                        .getFirst();
                assertThat(List.of(hit.image(), hit.patch())).containsExactly(7, patch);
                assertThat(hit.similarity()).isCloseTo(1, within((float) TOLERANCE));
            }
        }
    }

    /// What maps, matrix and search say of a pair is the same, whichever of the two asks.
    @ParameterizedTest
    @EnumSource
    void similarityIsSymmetric(Reduction reduction) {
        try (Study study = random()) {
            PatchSimilarity similarity = similarity(study, reduction);
            FloatMatrix matrix = similarity.matrix(2, 5);
            FloatMatrix mirrored = similarity.matrix(5, 2);
            for (int patch = 0; patch < 12; patch++) {
                float[] map = similarity.map(similarity.query(2, List.of(patch)), 5);
                for (int other = 0; other < 12; other++) {
                    assertThat(map[other]).isCloseTo(matrix.get(patch, other), within((float) TOLERANCE));
                    assertThat(mirrored.get(other, patch))
                            .isCloseTo(matrix.get(patch, other), within((float) TOLERANCE));
                }
            }
            assertThat(similarity.matrix(4, 4).get(3, 8))
                    .isEqualTo(similarity.matrix(4, 4).get(8, 3));
        }
    }

    @Test
    void searchIsTheSortedListOfAllMapsAndTiesComeByImage() {
        try (Study study = random()) {
            PatchSimilarity similarity = similarity(study, Reduction.CENTER);
            PatchQuery query = similarity.query(1, List.of(4));
            BitSet even = new BitSet();
            Stream.of(0, 2, 3, 8, 39).forEach(even::set);
            List<PatchHit> expected = even.stream()
                    .boxed()
                    .flatMap(image -> {
                        float[] map = similarity.map(query, image);
                        return IntStream.range(0, 12).mapToObj(patch -> new PatchHit(image, patch, map[patch]));
                    })
                    .sorted(Comparator.comparingDouble((PatchHit hit) -> -hit.similarity()))
                    .limit(17)
                    .toList();
            assertThat(similarity.nearest(query, 17, even, true, POOL)).isEqualTo(expected);
            List<PatchHit> twins = similarity.nearest(query, 2, all(study), true, POOL);
            assertThat(twins).extracting(PatchHit::image).containsExactly(1, 3);
            assertThat(twins.get(0).similarity()).isEqualTo(twins.get(1).similarity());
        }
    }

    /// Each image occurs ninety times: what is wanted ends among equal ones, of which those of the first images
    /// count, in whichever order the three tasks of the search end.
    @Test
    void whatOneTaskFindsTakesNothingFromTheOthers() {
        SyntheticStudy copies = new SyntheticStudy(
                900,
                GRID,
                TokenLayout.PATCHES_ONLY,
                24,
                50,
                List.of(Layer.LAST),
                (image, layer) -> RandomMatrix.normal(12, 24, image % 10),
                Optional.empty());
        try (Study study = copies.write(folder.resolve("copies"));
                TaskPool one = new TaskPool(1);
                TaskPool eight = new TaskPool(8)) {
            PatchSimilarity similarity = similarity(study, Reduction.NONE);
            PatchQuery query = similarity.query(4, List.of(6));
            List<PatchHit> expected = IntStream.range(0, 900)
                    .boxed()
                    .flatMap(image -> {
                        float[] map = similarity.map(query, image);
                        return IntStream.range(0, 12).mapToObj(patch -> new PatchHit(image, patch, map[patch]));
                    })
                    .sorted(Comparator.comparingDouble((PatchHit hit) -> -hit.similarity()))
                    .toList();
            for (int most : new int[] {1, 10, 50, 130, 10_800}) {
                for (TaskPool pool : List.of(one, POOL, eight)) {
                    assertThat(similarity.nearest(query, most, all(study), true, pool))
                            .isEqualTo(expected.subList(0, most));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNumberOfThreadsChangesNoBit(Reduction reduction) {
        try (Study study = random();
                TaskPool one = new TaskPool(1);
                TaskPool eight = new TaskPool(8)) {
            List<FloatMatrix> maps = Stream.of(one, POOL, eight)
                    .map(pool -> {
                        PatchSimilarity similarity =
                                PatchSimilarity.of(LayerPatches.of(study, Layer.LAST, pool), reduction, pool);
                        return similarity.maps(
                                similarity.query(1, List.of(4)),
                                IntStream.range(0, 40).boxed().toList(),
                                pool);
                    })
                    .toList();
            assertThat(maps.get(1)).isEqualTo(maps.get(0));
            assertThat(maps.get(2)).isEqualTo(maps.get(0));
        }
    }

    /// Cosines do not see the length of a patch, so that of a constant study every pair has cosine 1, and after
    /// centring no direction at all.
    @Test
    void patchesThatAreAllTheSameHaveNothingButTheirCommonDirection() {
        SyntheticStudy constant = new SyntheticStudy(
                3,
                GRID,
                TokenLayout.PATCHES_ONLY,
                5,
                1,
                List.of(Layer.LAST),
                (image, layer) -> FloatMatrix.of(12, 5, constant(60)),
                Optional.empty());
        try (Study study = constant.write(folder.resolve("constant"))) {
            PatchSimilarity raw = similarity(study, Reduction.NONE);
            assertThat(raw.meanSimilarity()).isCloseTo(1, within(1e-6));
            assertThat(raw.map(raw.query(0, List.of(0)), 2)).containsOnly(new float[] {1}, within(1e-6f));
            for (Reduction reduction : List.of(Reduction.CENTER, Reduction.WHITEN)) {
                PatchSimilarity reduced = similarity(study, reduction);
                assertThat(reduced.map(reduced.query(0, List.of(0)), 2)).containsOnly(0);
            }
        }
    }

    private static float[] constant(int count) {
        float[] numbers = new float[count];
        Arrays.fill(numbers, 3);
        return numbers;
    }

    /// No writer lets such a number into a study; a damaged disk may.
    @Test
    void aNumberThatIsNotFiniteIsNamed() throws IOException {
        random().close();
        Path file = folder.resolve("random/shards/00000/tokens-layer-last.npy");
        ByteBuffer nan = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, Float.NaN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(nan, 128 + 4L * ((12 + 9) * 24 + 2));
        }
        try (Study study = Study.open(folder.resolve("random"))) {
            assertThatThrownBy(() -> LayerPatches.of(study, Layer.LAST, POOL))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("[image-1.png] patch 9 at layer last has a number that is not finite");
            assertThatThrownBy(() -> LayerPatches.of(study, new Layer(1), POOL))
                    .hasMessageContaining("[layer 1] the study stores last");
        }
    }
}
