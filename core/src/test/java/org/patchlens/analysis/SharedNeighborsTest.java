package org.patchlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.analysis.cluster.Clusters;
import org.patchlens.analysis.projection.Projection;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;

/// Maps and clusters of the same points search for neighbours once.
class SharedNeighborsTest {
    private static final PatchGrid GRID = new PatchGrid(8, 8);
    private static final int DIMENSIONS = 16;

    @TempDir
    Path folder;

    /// The middle of the images lies on either side of the first component, whose sign maps choose by it.
    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void theSecondAnalysisTakesTheGraphOfTheFirst(int side) throws IOException {
        try (Study study = study(side)) {
            Clusters.of(
                    study,
                    Clusters.ANALYSIS.schema().parse(Map.of("method", "hdbscan", "min-cluster-size", "20")),
                    Progress.NONE);
            assertThat(graphs(study)).hasSize(1);
            Path distances = graphs(study).getFirst().resolve("distances.npy");
            FileTime written = Files.getLastModifiedTime(distances);
            for (String method : List.of("tsne", "umap")) {
                Projection.of(
                        study,
                        Projection.ANALYSIS.schema().parse(Map.of("method", method, "iterations", "0", "epochs", "1")),
                        Progress.NONE);
                assertThat(graphs(study)).hasSize(1);
                assertThat(Files.getLastModifiedTime(distances)).isEqualTo(written);
            }
        }
    }

    private static List<Path> graphs(Study study) throws IOException {
        try (Stream<Path> kept = Files.list(study.folder().resolve("cache"))) {
            return kept.filter(path -> path.getFileName().toString().startsWith("neighbors-"))
                    .toList();
        }
    }

    private Study study(int side) {
        return new SyntheticStudy(
                        4,
                        GRID,
                        TokenLayout.CLS_AND_PATCHES,
                        DIMENSIONS,
                        4,
                        List.of(Layer.LAST),
                        (image, layer) -> tokens(image, side),
                        Optional.empty())
                .write(folder.resolve("study" + side));
    }

    private static FloatMatrix tokens(int image, int side) {
        RandomGenerator random = new Seed(3).task(image).generator();
        FloatMatrix tokens = FloatMatrix.zeros(1 + GRID.patches(), DIMENSIONS);
        for (int patch = 0; patch < GRID.patches(); patch++) {
            boolean middle = Math.abs(2 * GRID.row(patch) - 7) < 4 && Math.abs(2 * GRID.column(patch) - 7) < 4;
            for (int i = 0; i < DIMENSIONS; i++) {
                double own = i == 0 ? (middle ? 3.0 : -3.0) * side : 0;
                tokens.set(1 + patch, i, (float) (own + random.nextGaussian()));
            }
        }
        return tokens;
    }
}
