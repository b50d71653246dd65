package org.patchlens.neighbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;

class NeighborSearchTest {
    private static final TaskPool POOL = new TaskPool(2);
    private static final FloatMatrix ROWS = RandomMatrix.normal(400, 6, 1);

    @TempDir
    Path study;

    @ParameterizedTest
    @EnumSource(SearchMode.class)
    void whatComesFromTheCacheIsWhatWasSearched(SearchMode mode) {
        MeasuredGraph searched =
                new NeighborSearch(mode, Optional.empty(), POOL).of(ROWS, 90, Metric.EUCLIDEAN, share -> {});
        MeasuredGraph first = NeighborSearch.in(study, mode, POOL).of(ROWS, 90, Metric.EUCLIDEAN, share -> {});
        MeasuredGraph second = NeighborSearch.in(study, mode, POOL).of(ROWS, 90, Metric.EUCLIDEAN, share -> {
            throw new IllegalStateException("searched again");
        });
        assertThat(first).isEqualTo(searched);
        assertThat(second).isEqualTo(searched);
    }

    @Test
    void everybodySharesOneGraph() {
        NeighborSearch search = NeighborSearch.in(study, SearchMode.EXACT, POOL);
        NeighborGraph few = search.of(ROWS, 14, Metric.EUCLIDEAN, share -> {}).graph();
        NeighborGraph many = search.of(ROWS, 60, Metric.EUCLIDEAN, share -> {}).graph();
        assertThat(few).isEqualTo(ExactNeighbors.of(ROWS, 14, Metric.EUCLIDEAN, POOL));
        assertThat(many.first(14)).isEqualTo(few);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void otherRowsAnotherMetricOrMoreNeighborsAreAnotherGraph() {
        NeighborSearch search = NeighborSearch.in(study, SearchMode.EXACT, POOL);
        search.of(ROWS, 14, Metric.EUCLIDEAN, share -> {});
        search.of(ROWS, 14, Metric.COSINE, share -> {});
        search.of(RandomMatrix.normal(400, 6, 2), 14, Metric.EUCLIDEAN, share -> {});
        search.of(ROWS, 100, Metric.EUCLIDEAN, share -> {});
        NeighborSearch.in(study, SearchMode.APPROXIMATE, POOL).of(ROWS, 14, Metric.EUCLIDEAN, share -> {});
        assertThat(entries()).hasSize(5);
    }

    @Test
    void aDamagedGraphIsSearchedAgain() throws IOException {
        NeighborSearch search = NeighborSearch.in(study, SearchMode.EXACT, POOL);
        MeasuredGraph first = search.of(ROWS, 14, Metric.EUCLIDEAN, share -> {});
        Path file = entries().getFirst().resolve("neighbors.npy");
        byte[] bytes = Files.readAllBytes(file);
        bytes[500] ^= 1;
        Files.write(file, bytes);
        assertThat(search.of(ROWS, 14, Metric.EUCLIDEAN, share -> {})).isEqualTo(first);
        assertThat(Files.readAllBytes(file)[500]).isNotEqualTo(bytes[500]);
    }

    @Test
    void manyPointsAreSearchedApproximatelyUnlessToldOtherwise() {
        assertThat(new NeighborSearch(SearchMode.AUTO, Optional.empty(), POOL).isExact(30_000))
                .isTrue();
        assertThat(new NeighborSearch(SearchMode.AUTO, Optional.empty(), POOL).isExact(30_001))
                .isFalse();
        assertThat(new NeighborSearch(SearchMode.EXACT, Optional.empty(), POOL).isExact(30_001))
                .isTrue();
        assertThat(new NeighborSearch(SearchMode.APPROXIMATE, Optional.empty(), POOL).isExact(10))
                .isFalse();
    }

    private List<Path> entries() {
        try (Stream<Path> files = Files.list(study.resolve("cache"))) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
