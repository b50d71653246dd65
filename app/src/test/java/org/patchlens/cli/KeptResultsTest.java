package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// `--save` and `patchlens results`.
class KeptResultsTest {
    @TempDir
    private Path folder;

    private String study = "";

    @BeforeEach
    void write() {
        Path path = folder.resolve("study");
        SyntheticStudy made = new SyntheticStudy(
                2,
                new PatchGrid(2, 2),
                TokenLayout.CLS_AND_PATCHES,
                3,
                1,
                List.of(Layer.LAST),
                (image, layer) -> FloatMatrix.of(5, 3, 1, 0, 0, 3, 4, 0, 0, 5, 12, 1, 2, 2, 2, 3, 6 + image),
                Optional.empty());
        try (Study written = made.write(path)) {
            study = written.folder().toString();
        }
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(folder, arguments);
    }

    @Test
    void aKeptResultIsListedShownAndRemoved() {
        CommandLineRun norms = run("norms", study, "--save", "first-look");
        assertThat(norms.code()).as(norms.err()).isEqualTo(ExitCode.OK);
        assertThat(norms.err()).endsWith("saved norms/first-look\n");
        assertThat(run("results", study).out()).contains("norms/first-look", "\"factor\":5");
        assertThat(run("results", study, "norms/first-look").out()).isEqualTo(norms.out());
        assertThat(run("results", study, "norms/first-look", "--remove").err()).isEqualTo("removed norms/first-look\n");
        assertThat(run("results", study).out())
                .isEqualTo("No results are kept here; an analysis keeps its result with --save NAME.\n");
    }

    @Test
    void aNameThatIsTakenIsRefusedBeforeAnythingIsComputed() {
        run("norms", study, "--save", "a");
        CommandLineRun again = run("norms", study, "--save", "a");
        assertThat(again)
                .isEqualTo(new CommandLineRun(
                        ExitCode.USAGE,
                        "",
                        "[result norms/a] exists already. Give another name, or remove that one with patchlens results"
                                + " --remove.\n"));
        assertThat(run("norms", study, "--save", "../a").err())
                .startsWith("[name of a result ../a] lower-case letters, digits and hyphens");
    }

    @Test
    void theStudyIsStillWhole() {
        run("norms", study, "--save", "a");
        assertThat(run("info", study, "--verify").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aResultThatIsNotThereIsNamed() {
        assertThat(run("results", study, "norms/b").err())
                .isEqualTo("[result norms/b] is not in the study. List what there is with patchlens results.\n");
        assertThat(run("results", study, "norms").err())
                .isEqualTo("[result norms] an analysis and a name are expected, such as norms/first-look.\n");
    }

    @Test
    void theArraysOfAResultAreWrittenForNumPy() throws IOException {
        Path file = folder.resolve("map.npy");
        CommandLineRun map = run("project", study, "--method", "pca", "--npy", file.toString());
        assertThat(map.code()).as(map.err()).isEqualTo(ExitCode.OK);
        assertThat(map.err()).contains("wrote " + file + "\n", "wrote " + folder.resolve("map-patches.npy") + "\n");
        byte[] positions = Files.readAllBytes(file);
        assertThat(new String(positions, StandardCharsets.ISO_8859_1))
                .contains("{'descr': '<f4', 'fortran_order': False, 'shape': (8, 2), }");
        assertThat(positions).hasSize(128 + 8 * 2 * 4);
        byte[] patches = Files.readAllBytes(folder.resolve("map-patches.npy"));
        assertThat(new String(patches, StandardCharsets.ISO_8859_1)).contains("'<i4'", "'shape': (8,)");
        assertThat(patches[128 + 4 * 5]).isEqualTo((byte) 1);
        assertThat(run("project", study, "--npy", "map.csv").err()).isEqualTo("[npy map.csv] must end with .npy.\n");
    }

    @Test
    void aServerNeedsAStudyAndAPort() {
        assertThat(run("serve"))
                .isEqualTo(new CommandLineRun(
                        ExitCode.USAGE,
                        "",
                        "[serve] no study is given. Give the folders that patchlens extract --study made.\n"));
        assertThat(run("serve", study, "--port", "70000").err()).isEqualTo("[--port 70000] 0 to 65535 is expected.\n");
        assertThat(run("serve", folder.toString(), "--no-open").err()).contains("is no study");
    }
}
