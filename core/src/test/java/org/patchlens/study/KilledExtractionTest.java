package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed as `kill -9` kills loses nothing that it reported as done.
class KilledExtractionTest {
    private static final int IMAGES = 18;

    /// @param line what the process says last
    /// @param inTheNextStep whether it is let go on before it is killed
    private record KillPoint(String line, boolean inTheNextStep) {}

    private static final List<KillPoint> POINTS = List.of(
            new KillPoint("opened", false),
            new KillPoint("begun 0", true),
            new KillPoint("appended ward/image-0002.png", false),
            new KillPoint("appended ward/image-0003.png", true), // in the commit
            new KillPoint("committed 1", false),
            new KillPoint("appended ward/image-0011.png", true),
            new KillPoint("committed 3", true),
            new KillPoint("committed 4", false),
            new KillPoint("opened", true)); // all shards are there: in the table of images

    @TempDir
    Path temporary;

    @Test
    void aStudyKilledAtManyPointsEndsWithTheSameBytes() throws Exception {
        Path folder = temporary.resolve("killed");
        Set<String> reported = new HashSet<>();
        for (KillPoint point : POINTS) {
            List<String> said = killAt(folder, point);
            said.stream().filter(text -> text.startsWith("committed")).forEach(reported::add);
            assertCommittedShardsAreWhole(folder, reported);
        }
        assertThat(reported).hasSize(5);
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(IMAGES);
        synthetic.write(folder);
        synthetic.write(temporary.resolve("uninterrupted"));
        assertThat(FolderBytes.of(folder)).isEqualTo(FolderBytes.of(temporary.resolve("uninterrupted")));
        try (Study study = Study.open(folder)) {
            assertThat(study.isComplete()).isTrue();
            assertThat(study.verify().isWhole()).isTrue();
        }
    }

    /// @return what it said until it died
    private static List<String> killAt(Path folder, KillPoint point) throws IOException, InterruptedException {
        Process process = ChildProcess.start(List.of(), SyntheticExtraction.class, folder.toString(), "" + IMAGES);
        List<String> said = new ArrayList<>();
        try (BufferedReader output = ChildProcess.lines(process);
                OutputStream input = process.getOutputStream()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (!line.equals(point.line) || point.inTheNextStep) {
                    input.write('\n');
                    input.flush();
                }
                if (line.equals(point.line)) {
                    process.toHandle().destroyForcibly(); // unlike Process's, leaves the pipe open to be read
                    process.waitFor();
                    break;
                }
            }
        }
        assertThat(process.waitFor()).as(String.join("\n", said)).isNotZero();
        assertThat(said).contains(point.line);
        return said;
    }

    private static void assertCommittedShardsAreWhole(Path folder, Set<String> reported) {
        try (Study study = Study.open(folder)) {
            assertThat(study.verify().problems()).isEmpty();
            for (String shard : reported) {
                int number = Integer.parseInt(shard.substring("committed ".length()));
                assertThat(Files.isDirectory(folder.resolve("shards/0000" + number)))
                        .isTrue();
            }
        }
    }
}
