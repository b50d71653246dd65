package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.Shared;

/// Attention that no study stores, on the real model.
class OnDemandModelTest {
    @TempDir
    Path folder;

    private static Path picture() throws IOException {
        try (Stream<Path> files = Files.walk(Shared.path("data/natural"))) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path model() {
        return Shared.path("models/vit-tiny-patch16-224");
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(folder, arguments);
    }

    @Test
    void anImageNeedsNoStudy() throws IOException {
        Path svg = folder.resolve("attention.svg");
        CommandLineRun run = run(
                "attention",
                picture().toString(),
                "--model",
                model().toString(),
                "--query",
                "5,7",
                "--layer",
                "3",
                "--rollout",
                "--svg",
                svg.toString());
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("What patch 5,7 of", "in layer 3 of vit-tiny-patch16-224", "Computed again");
        assertThat(Files.readString(svg)).contains("Attention of patch 5,7");
        assertThat(folder.resolve("attention-rollout-of-patch-5-7.svg")).isNotEmptyFile();
    }

    @Test
    void anImageWithoutModelIsRefused() throws IOException {
        CommandLineRun run = run("attention", picture().toString());
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("is a file and no study; as an image it needs a model. Give --model FOLDER.");
    }

    @Test
    void theModelOfAStudyIsSearchedWhereTheEnvironmentSays() throws IOException {
        Path study = folder.resolve("study");
        assertThat(run("extract", picture().toString(), "--study", study.toString(), "--model", model().toString())
                        .code())
                .isEqualTo(ExitCode.OK);
        CommandLineRun lost = run("attention", study.toString());
        assertThat(lost.code()).isEqualTo(ExitCode.USAGE);
        assertThat(lost.err()).contains("made the study, and is not at hand", "Give it with --model FOLDER.");
        CommandLineRun found = CommandLineRun.with(
                Map.of("PATCHLENS_MODELS", model().resolveSibling("").toString()),
                folder,
                "attention-atlas",
                study.toString(),
                "--sample",
                "1",
                "--sort",
                "distance");
        assertThat(found.code()).isEqualTo(ExitCode.OK);
        assertThat(found.out()).contains("Patches: heads", "distance [pixels]", "not what is important");
    }
}
