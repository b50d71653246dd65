package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Version;

class ProgramTest {
    @TempDir
    private Path folder;

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(folder, arguments);
    }

    @Test
    void helpGoesToStdout() {
        CommandLineRun help = run("--help");
        assertThat(help.code()).isEqualTo(ExitCode.OK);
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: patchlens", "  extract ", "  norms ", "Exit codes: 0 ok");
        assertThat(run().out()).isEqualTo(help.out());
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(run("--version"))
                .isEqualTo(new CommandLineRun(ExitCode.OK, "patchlens " + Version.CURRENT + "\n", ""));
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        assertThat(run("extrat")).isEqualTo(new CommandLineRun(ExitCode.USAGE, "", """
            Unknown command extrat. Did you mean extract?
            Use patchlens --help to see what there is.
            """));
    }

    @Test
    void aMistypedFlagGetsASuggestion() {
        assertThat(run("info", "study", "--verfy")).isEqualTo(new CommandLineRun(ExitCode.USAGE, "", """
            Unknown flag --verfy. Did you mean --verify?
            Use patchlens info --help to see what there is.
            """));
    }

    @Test
    void aWordThatIsNoChoiceIsRefusedWithTheChoices() {
        CommandLineRun run = run("extract", "x.png", "--study", "s", "--model", "m", "--dtype", "f64");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--dtype").contains("'f64' is none of f16, f32");
    }

    @Test
    void anAnalysisHasItsOptionsAsFlags() {
        assertThat(run("norms", "--help").out()).contains("--json", "--png=FILE", "--csv=FILE", "--threads");
    }

    @Test
    void aFolderThatIsNoStudyIsNamedInOneLine() {
        CommandLineRun run = run("info", folder.toString());
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("[" + folder).hasLineCount(1);
    }

    @Test
    void debugShowsWhereAnErrorComesFrom() {
        assertThat(run("info", folder.toString(), "--debug").err()).contains("    at org.patchlens.");
    }

    @ParameterizedTest
    @CsvSource({"USAGE,2", "BAD_DATA,3", "GATE_FAILED,4", "PARTIAL,5", "INTERRUPTED,130"})
    void everyCategoryHasItsExitCode(PatchlensException.Category category, int status) {
        assertThat(ExitCode.of(category).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh"})
    void theCompletionScriptKnowsCommandsAndFlags(String shell) {
        CommandLineRun run = run("completion", shell);
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("patchlens", "extract", "norms", "--skip-errors");
    }

    @Test
    void theDoctorFindsThisMachineHealthy() {
        CommandLineRun run = run("doctor");
        assertThat(run.out()).contains("onnx runtime", "png figures", "jdk.incubator.vector is there");
        assertThat(run("doctor", "--json").out()).startsWith("{").contains("\"onnx runtime\"");
    }

    @Test
    void impossibleNumbersAreRefusedBeforeAnyWork() {
        assertThat(run("extract", "x.png", "--study", "s", "--model", "m", "--threads", "0"))
                .isEqualTo(new CommandLineRun(ExitCode.USAGE, "", "[--threads 0] 1 to 1024 is expected.\n"));
        assertThat(run("extract", "x.png", "--study", "s", "--model", "m", "--batch", "many"))
                .isEqualTo(new CommandLineRun(ExitCode.USAGE, "", "[--batch many] auto or a number is expected.\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "--window,lungs,no such window",
        "--slices,every:0,no such choice of slices",
        "--plane,oblique,no such plane",
        "--keep-tag,'(0009,1001)',this element is private",
        "--paths,secret,'is none of given, relative, hashed'",
        "--frames,last,'is none of first, all'",
        "--max-pixels,0,a number from 1 is expected",
        "--mask-column,file,there are no masks"
    })
    void whatCannotBeReadFromAScanIsRefusedBeforeAnyWork(String flag, String value, String sentence) {
        CommandLineRun run = run("extract", "x.png", "--study", "s", "--model", "m", flag, value);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(flag).contains(sentence);
    }
}
