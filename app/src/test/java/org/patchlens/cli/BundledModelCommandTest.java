package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.study.Study;

/// The model that comes along is taken wherever a model is, by its name, and where none is given. Without a
/// network: the hub of these runs is switched off.
class BundledModelCommandTest {
    @TempDir
    private Path folder;

    private CommandLineRun run(String... arguments) {
        String cache = folder.resolve("cache").toString();
        return CommandLineRun.with(Map.of("XDG_CACHE_HOME", cache, "HF_HUB_OFFLINE", "1"), folder, arguments);
    }

    private String picture() throws IOException {
        Path file = folder.resolve("picture.png");
        BufferedImage picture = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 48; i++) {
            picture.getRaster().setSample(i, i / 2, 0, 200);
        }
        ImageIO.write(picture, "png", file.toFile());
        return file.toString();
    }

    @Test
    void itIsInspectedByItsName() {
        CommandLineRun run = run("model", "inspect", "patchlens-tiny");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("model          patchlens-tiny\n")
                .contains("(cls, register, register, register, register before a grid of 28 x 28 patches)");
        assertThat(folder.resolve("cache/patchlens/bundled")).isNotEmptyDirectory();
    }

    @Test
    void theListNamesItFirst() {
        CommandLineRun run = run("model", "list");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).startsWith("Comes along:\n").contains("patchlens-tiny");
        assertThat(run("model", "list", "--json").out()).contains("\"bundled\" : {");
    }

    @Test
    void whoNamesNoModelExtractsWithIt() throws IOException {
        Path study = folder.resolve("study");
        CommandLineRun run = run("extract", picture(), "--study", study.toString(), "--size", "64");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        try (Study opened = Study.open(study)) {
            assertThat(opened.manifest().model().name()).isEqualTo("patchlens-tiny");
        }
    }

    @Test
    void attentionOfItsStudiesIsComputedAgainWithoutNamingIt() throws IOException {
        String study = folder.resolve("study").toString();
        run("extract", picture(), "--study", study, "--size", "64", "--layers", "all");
        CommandLineRun run = run("attention", study, "--query", "2,1", "--layer", "2");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("in layer 2 of patchlens-tiny", "Computed again");
    }
}
