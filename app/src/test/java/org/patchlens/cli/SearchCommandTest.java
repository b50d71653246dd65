package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.analysis.SyntheticStudy;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;

/// The commands that look for a patch: `similarity`, `neighbors` and `index`.
class SearchCommandTest {
    private static final FloatMatrix CENTERS = RandomMatrix.normal(12, 16, 5);

    @TempDir
    Path folder;

    private String study;

    /// Six images of 3 x 4 patches, patch p of every image near direction p, images 0, 2 and 4 of site A.
    @BeforeEach
    void writeStudy() {
        Path made = folder.resolve("study");
        new SyntheticStudy(
                        6,
                        new PatchGrid(3, 4),
                        TokenLayout.CLS_AND_PATCHES,
                        16,
                        2,
                        List.of(Layer.LAST),
                        (image, layer) -> tokens(image),
                        Optional.empty())
                .with(MetadataColumn.of("site", List.of("A", "B", "A", "B", "A", "B")))
                .write(made)
                .close();
        study = made.toString();
    }

    private static FloatMatrix tokens(int image) {
        FloatMatrix tokens = RandomMatrix.normal(13, 16, 100 + image);
        for (int patch = 0; patch < 12; patch++) {
            for (int i = 0; i < 16; i++) {
                tokens.set(patch + 1, i, CENTERS.get(patch, i) + 0.1f * tokens.get(patch + 1, i));
            }
        }
        return tokens;
    }

    private CommandLineRun run(String command, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = command;
        all[1] = study;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLineRun.of(folder, all);
    }

    @Test
    void anIndexIsMadeMeasuredAndAsked() {
        CommandLineRun without = run("neighbors", "--patch", "2,1", "--index");
        assertThat(without.code()).isEqualTo(ExitCode.USAGE);
        assertThat(without.err())
                .contains("[index] the study has no index with --layer last --reduce center. Make one with patchlens"
                        + " index DIR --layer last --reduce center, or leave --index out.");
        CommandLineRun made = run("index");
        assertThat(made.code()).isEqualTo(ExitCode.OK);
        assertThat(made.out())
                .startsWith("index of 72 patches at layer last, --reduce center: ")
                .endsWith("recall@10 1.000, measured against the exact search for 200 patches drawn at random\n");
        assertThat(run("index", "--json").out())
                .contains("\"patches\" : 72", "\"recall\" : 1.0", "\"reduce\" : \"center\"");
        CommandLineRun asked = run("neighbors", "--patch", "2,1", "--k", "5", "--index");
        assertThat(asked.code()).isEqualTo(ExitCode.OK);
        assertThat(asked.out()).contains("by the index, which finds 100.0 % of the ten nearest");
        assertThat(run("neighbors", "--patch", "2,1", "--k", "5").out()).contains("by comparing all");
    }

    @Test
    void hitsStandBesideTheGroupsTheyComeFrom() {
        CommandLineRun found = run("neighbors", "--patch", "2,1", "--k", "5", "--where", "site=A");
        assertThat(found.code()).isEqualTo(ExitCode.OK);
        assertThat(found.out())
                .contains("The nearest to patch 2,1 of image-0.png of 24 patches of 2 images at layer last")
                .containsPattern("site +A +5 of 5 +100.0 +100.0");
        assertThat(run("neighbors", "--patch", "2,1", "--json").out())
                .contains("\"hits\" : [", "\"groups\" : [", "\"recall\" : null");
    }

    @Test
    void everyImageIsRankedByItsMostSimilarPatch() {
        CommandLineRun run = run("similarity", "--patch", "2,1", "--to", "all");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines().filter(line -> line.matches("image-[1-5].png +2,1 +0\\.9\\d\\d +0\\.9\\d\\d")))
                .hasSize(5);
    }

    @Test
    void whatIsNotThereIsRefusedInOneSentence() {
        refuses("[image image-9.png] is none of the 6 images", "similarity", "--image", "image-9.png");
        refuses("[patch 3,0] is outside the grid of 3 x 4 patches", "neighbors", "--patch", "3,0");
        refuses("[layer 1] the study stores last", "index", "--layer", "1");
        refuses("[where site=C] selects none of 6 images; site has the values A, B.", "neighbors", "--where", "site=C");
        refuses("[--threads 0] 1 to 1024 is expected", "index", "--threads", "0");
    }

    private void refuses(String message, String command, String... arguments) {
        CommandLineRun run = run(command, arguments);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err().lines().filter(line -> line.startsWith(message))).hasSize(1);
        assertThat(run.err()).doesNotContain("Exception");
    }
}
