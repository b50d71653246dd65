package org.patchlens.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Version;
import org.patchlens.phantom.cohort.CohortOptions;
import org.patchlens.phantom.cohort.Shortcut;
import org.patchlens.tensor.Seed;

/// What is written, and that it is always the same.
class PhantomFolderTest {
    @TempDir
    Path folder;

    private static PhantomOptions options(long seed, boolean volumes, int threads) {
        CohortOptions cohort = new CohortOptions(3, 2, List.of(Shortcut.parse("text:1")), new Seed(seed));
        return new PhantomOptions(cohort, 64, volumes, threads);
    }

    private SortedMap<String, String> written(String name, PhantomOptions options) throws IOException {
        Path root = folder.resolve(name);
        PhantomFolder.write(root, options, Progress.NONE);
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        root.relativize(file).toString().replace('\\', '/'),
                        HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameSeedGivesTheSameBytesForAnyNumberOfThreads(int threads) throws IOException {
        SortedMap<String, String> one = written("one", options(1, true, 1));
        assertThat(written("several", options(1, true, threads))).isEqualTo(one);
        assertThat(one).hasSize(2 * 6 + 2 * 3 + 3);
    }

    @Test
    void anotherSeedGivesOtherPatients() throws IOException {
        SortedMap<String, String> first = written("first", options(1, false, 2));
        SortedMap<String, String> second = written("second", options(2, false, 2));
        assertThat(second.get("images/p001-00.png")).isNotEqualTo(first.get("images/p001-00.png"));
        assertThat(second.keySet()).isEqualTo(first.keySet());
    }

    @Test
    void everyImageHasARowThatTellsTheTruth() throws IOException {
        written("out", options(1, false, 2));
        List<String> rows = Files.readAllLines(folder.resolve("out/metadata.csv"));
        assertThat(rows.getFirst())
                .isEqualTo("file,patient,label,finding,site,scanner,sex,age_band,split,shortcut,slice,position_mm,"
                        + "pixel_mm,lesion_share");
        assertThat(rows).hasSize(7);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            boolean diseased = cells[2].equals("diseased");
            assertThat(folder.resolve("out/images").resolve(cells[0])).exists();
            assertThat(folder.resolve("out/masks").resolve(cells[0])).exists();
            assertThat(Double.parseDouble(cells[13]) > 0).as(row).isEqualTo(diseased);
            assertThat(cells[9]).isEqualTo(diseased ? "text" : "none");
        }
    }

    @Test
    void theFolderTellsHowItIsMadeAgain() throws IOException {
        written("out", options(7, true, 2));
        assertThat(folder.resolve("out/README.md"))
                .content()
                .contains("patchlens phantom --out DIR --patients 3 --slices 2 --pixels 64 --seed 7 --shortcut text:1.0"
                        + " --volume\n")
                .contains("drawn by Patchlens " + Version.CURRENT)
                .contains("volume-masks/");
        written("plain", options(7, false, 2));
        assertThat(folder.resolve("plain/README.md")).content().doesNotContain("volume");
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        assertThatThrownBy(() -> PhantomFolder.write(folder, options(1, false, 1), Progress.NONE))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("there is something already");
        assertThat(folder.resolve("mine.txt")).hasContent("mine");
    }

    @Test
    void whatIsStoppedLeavesNothingBehind() {
        Path out = folder.resolve("out");
        Progress stop = (stage, done, total) -> {
            if (done == 2) {
                throw PatchlensException.interrupted("phantom", "stopped", "");
            }
        };
        assertThatThrownBy(() -> PhantomFolder.write(out, options(1, false, 2), stop))
                .isInstanceOf(PatchlensException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
