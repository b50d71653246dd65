package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.PatchlensException.Category;

/// A disk that is full in the middle of an extraction. It needs a small file system, which only root may mount.
class FullDiskTest {
    private final SyntheticStudy synthetic = SyntheticStudy.ofHalves(24);

    @TempDir
    Path temporary;

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        int status = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        assumeTrue(status == 0, "SKIPPED: a file system of limited size cannot be mounted here (needs root on Linux)");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor();
        } catch (IOException e) {
            return -1; // there is no such program: the same as a program that refuses
        }
    }

    @Test
    void whatIsCommittedStaysAndTheSameCommandGoesOnWhenThereIsSpace() throws Exception {
        Path uninterrupted = temporary.resolve("uninterrupted");
        synthetic.write(uninterrupted);
        Path folder = disk.resolve("study");
        int refused = 0;
        Set<String> subjects = new HashSet<>();
        Optional<PatchlensException> refusal = Optional.empty();
        for (int kilobytes = 64; kilobytes == 64 || refusal.isPresent(); kilobytes += 8) {
            assertThat(run("mount", "-o", "remount,size=" + kilobytes + "k", disk.toString()))
                    .isZero();
            refusal = tryToWrite(folder);
            if (refusal.isPresent()) {
                refused++;
                subjects.add(refusal.get().subject());
                assertIsAboutSpace(refusal.get(), folder);
            }
        }
        assertThat(refused).as("how often the disk was full").isGreaterThan(5);
        assertThat(subjects)
                .as("what the disk was full for")
                .contains(folder.resolve("images.parquet").toString());
        assertThat(FolderBytes.of(folder)).isEqualTo(FolderBytes.of(uninterrupted));
    }

    private Optional<PatchlensException> tryToWrite(Path folder) {
        try {
            synthetic.write(folder);
            return Optional.empty();
        } catch (PatchlensException e) {
            return Optional.of(e);
        }
    }

    private static void assertIsAboutSpace(PatchlensException refusal, Path folder) {
        assertThat(refusal.category()).isEqualTo(Category.PARTIAL);
        assertThat(refusal)
                .hasMessageStartingWith("[" + folder)
                .hasMessageContaining("No space left on device")
                .hasMessageEndingWith("Free space and run the same command again; what is committed is kept.");
        if (new StudyFolder(folder).isStudy()) {
            try (Study study = Study.open(folder)) {
                assertThat(study.verify().problems()).isEqualTo(List.of());
            }
        }
    }
}
