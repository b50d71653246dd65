package org.patchlens.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.analysis.neighbors.Neighbors;
import org.patchlens.analysis.similarity.Similarity;
import org.patchlens.build.Repository;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;

/// The guide shows the programs that are compiled here, and they do what the guide says.
class FindSimilarPatchesTest {
    private static final FloatMatrix CENTERS = RandomMatrix.normal(12, 16, 5);

    @TempDir
    Path folder;

    private Path study;

    /// Six images of 3 x 4 patches, patch p of every image near direction p.
    @BeforeEach
    void writeStudy() {
        study = folder.resolve("study");
        new SyntheticStudy(
                        6,
                        new PatchGrid(3, 4),
                        TokenLayout.PATCHES_ONLY,
                        16,
                        2,
                        List.of(Layer.LAST),
                        (image, layer) -> tokens(image),
                        Optional.empty())
                .with(MetadataColumn.of("site", List.of("A", "B", "A", "B", "A", "B")))
                .write(study)
                .close();
    }

    private static FloatMatrix tokens(int image) {
        FloatMatrix tokens = RandomMatrix.normal(12, 16, 100 + image);
        for (int patch = 0; patch < 12; patch++) {
            for (int i = 0; i < 16; i++) {
                tokens.set(patch, i, CENTERS.get(patch, i) + 0.1f * tokens.get(patch, i));
            }
        }
        return tokens;
    }

    @ParameterizedTest
    @ValueSource(strings = {"similarity", "neighbors", "often"})
    void theGuideShowsTheProgramsThatAreCompiled(String name) throws IOException {
        String source = Files.readString(
                Repository.root().resolve("core/src/test/java/org/patchlens/tutorial/FindSimilarPatches.java"));
        String begin = "// " + name + ": begin";
        String shown = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// " + name + ": end"))
                .stripIndent()
                .strip();

        assertThat(Files.readString(Repository.root().resolve("docs/how-to/find-similar-patches.md")))
                .contains("```java\n" + shown.indent(0) + "```");
    }

    @Test
    void theSamePatchOfOtherImagesIsFound() {
        Similarity.Result compared = FindSimilarPatches.compare(study);
        assertThat(compared.ranking()).hasSize(6);
        assertThat(compared.ranking().subList(1, 6)).allMatch(rank -> rank.row() == 2 && rank.column() == 1);

        Neighbors.Result found = FindSimilarPatches.find(study);
        assertThat(found.hits().subList(0, 2))
                .allMatch(hit -> hit.row() == 2 && hit.column() == 1)
                .extracting(Neighbors.Hit::index)
                .containsExactlyInAnyOrder(0, 2);
        assertThat(found.searched().images()).isEqualTo(2);
    }

    @Test
    void aPreparedLayerAnswersManyQuestions() {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            FindSimilarPatches.askOften(study);
        } finally {
            System.setOut(console);
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(12);
        IntStream.range(0, 12)
                .forEach(patch -> assertThat(lines.get(patch))
                        .startsWith("patch " + patch + ": 12 similarities, nearest PatchHit[image=")
                        .contains("patch=" + patch + ", "));
    }
}
