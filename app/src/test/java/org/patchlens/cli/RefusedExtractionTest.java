package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An extraction that cannot be leaves no folder that looks like a study.
class RefusedExtractionTest {
    @TempDir
    private Path folder;

    private CommandLineRun run(String... arguments) {
        String cache = folder.resolve("cache").toString();
        return CommandLineRun.with(Map.of("XDG_CACHE_HOME", cache, "HF_HUB_OFFLINE", "1"), folder, arguments);
    }

    private Path picture() throws IOException {
        Path file = folder.resolve("picture.png");
        ImageIO.write(new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        return file;
    }

    /// The model that comes along, with a last weight that is no number.
    private Path brokenModel() throws IOException {
        assertThat(run("model", "inspect", "patchlens-tiny").code()).isEqualTo(ExitCode.OK);
        Path broken = Files.createDirectory(folder.resolve("broken"));
        try (Stream<Path> files = Files.walk(folder.resolve("cache/patchlens/bundled"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, broken.resolve(file.getFileName().toString()));
            }
        }
        Path weights = broken.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Arrays.fill(bytes, bytes.length - Float.BYTES, bytes.length, (byte) 0xff);
        Files.write(weights, bytes);
        return broken;
    }

    @Test
    void weightsThatAreNoNumbersAreRefusedInOneSentenceAndNothingIsLeft() throws IOException {
        Path study = folder.resolve("study");
        String broken = brokenModel().toString();
        List<String> before = names();

        CommandLineRun run = run("extract", picture().toString(), "--study", study.toString(), "--model", broken);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().filter(line -> line.contains("holds NaN or infinity")))
                .singleElement()
                .asString()
                .matches(".*the tensor \\S+ holds NaN or infinity, and every embedding would be NaN\\..*");
        assertThat(names()).filteredOn(name -> !before.contains(name)).containsExactly("picture.png");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
