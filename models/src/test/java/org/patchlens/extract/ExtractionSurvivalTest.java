package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.analysis.Progress;
import org.patchlens.model.RandomVit;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;

/// An extraction that is killed with kill -9, or that fills the disk, loses nothing that it had committed, and
/// ends with the bytes of one that nothing happened to.
@Timeout(300)
class ExtractionSurvivalTest {
    private static final int IMAGES = 400;

    @TempDir
    private Path folder;

    private Path model;
    private Path images;
    private Path reference;

    @BeforeEach
    void extractInPeace() {
        model = RandomVit.write(folder.resolve("model"), 1);
        images = SyntheticImages.write(folder.resolve("images"), IMAGES);
        reference = folder.resolve("reference");
        extractTo(reference);
    }

    private void extractTo(Path study) {
        Extraction.run(
                ExtractionOptions.of(images, model, study)
                        .withLayers(new LayerSelection.All())
                        .withAttention(AttentionStorage.CLS),
                Progress.NONE);
    }

    @Test
    void killedAtAnyPointItGoesOnAndEndsWithTheSameBytes() throws Exception {
        Path study = folder.resolve("study");
        for (int killAfter : List.of(1, 100, 129, 200, 256, 300, 385, 399)) {
            Process process = ExtractionProcess.start(images, model, study);
            killAfterImages(process, killAfter);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertCommittedShardsAreWhole(study);
        }

        extractTo(study);

        assertThat(Trees.checksums(study)).isEqualTo(Trees.checksums(reference));
    }

    private static void killAfterImages(Process process, int images) throws IOException {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (Integer.parseInt(line.substring(0, line.indexOf('/'))) >= images) {
                    process.destroyForcibly();
                    return;
                }
            }
        }
    }

    private void assertCommittedShardsAreWhole(Path study) {
        if (!Files.exists(study.resolve("study.json"))) {
            return;
        }
        try (Study interrupted = Study.open(study)) {
            assertThat(interrupted.verify().problems()).isEmpty();
        }
    }

    @Test
    void aFullDiskIsSaidInOneSentenceAndTheSameCommandGoesOn() throws Exception {
        Path disk = mountSmallDisk();
        try {
            Path study = disk.resolve("study");
            Process process = ExtractionProcess.start(images, model, study);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(3);
            assertThat(output).contains("PARTIAL [").contains("No space left on device");
            assertCommittedShardsAreWhole(study);
            resize(disk, "64m");

            extractTo(study);

            assertThat(Trees.checksums(study)).isEqualTo(Trees.checksums(reference));
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private Path mountSmallDisk() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", disk.toString()) == 0,
                "SKIPPED: a small disk cannot be mounted without the rights of root");
        return disk;
    }

    private static void resize(Path disk, String size) throws Exception {
        assertThat(run("mount", "-o", "remount,size=" + size, disk.toString())).isZero();
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
