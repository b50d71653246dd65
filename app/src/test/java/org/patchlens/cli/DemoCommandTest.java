package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.demo.Demo;
import org.patchlens.demo.DemoFolders;
import org.patchlens.model.bundled.BundledModel;
import org.patchlens.study.Study;

/// `patchlens demo`, on fewer patients: it is stopped, goes on, is ready, and the second time does nothing.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoCommandTest {
    private static final Demo.Extent SMALL = new Demo.Extent(24, 1, 128, 224);

    private static final List<String> READY = List.of(
            "similarity/demo-lesion",
            "neighbors/demo-lesion",
            "project/demo-map",
            "cluster/demo-clusters",
            "probe/demo-disease",
            "probe/demo-site");

    @TempDir
    static Path folder;

    private static DemoFolders folders;

    @BeforeAll
    static void place() {
        folders = DemoFolders.of(folder.resolve("demo"));
    }

    private static String made(Progress progress) {
        return new Demo(folders, SMALL).run(() -> BundledModel.folder(folder.resolve("cache")), progress);
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.with(Map.of("HF_HUB_OFFLINE", "1"), folder, arguments);
    }

    private static SortedMap<String, FileTime> times() throws IOException {
        SortedMap<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                times.put(file.toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    @Order(1)
    void whatIsStoppedGoesOnWithThePhantomsThatAreThere() throws IOException {
        Progress stop = (stage, done, total) -> {
            if (Files.isDirectory(folders.images()) && done >= total / 2) {
                throw PatchlensException.interrupted("demo", "stopped", "");
            }
        };
        assertThatThrownBy(() -> made(stop)).isInstanceOf(PatchlensException.class);
        Path table = folders.images().resolve("metadata.csv");
        FileTime before = Files.getLastModifiedTime(table);
        made(Progress.NONE);
        assertThat(Files.getLastModifiedTime(table)).isEqualTo(before);
        try (Study study = Study.open(folders.study())) {
            assertThat(study.isComplete()).isTrue();
            assertThat(study.images()).hasSize(24);
        }
    }

    @Test
    @Order(2)
    void everyResultIsThereWithItsPicture() {
        for (String result : READY) {
            assertThat(folders.study().resolve("results").resolve(result)).isNotEmptyDirectory();
            assertThat(folders.figures().resolve(result.replace('/', '-') + ".png"))
                    .isNotEmptyFile();
        }
    }

    /// The view asks for a lesion, shows it in four patients, and names results that are there.
    @Test
    @Order(3)
    void theViewTellsTheStory() throws IOException {
        String view = made(Progress.NONE);
        assertThat(view)
                .matches("images=\\d+,\\d+,\\d+,\\d+&reduce=center&focus=(\\d+,\\d+,\\d+)&query=\\1"
                        + "&map=project/demo-map&color=similarity&tray=neighbours");
        int[] asked = Stream.of(view.replaceAll(".*query=([0-9,]+).*", "$1").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        try (Study study = Study.open(folders.study())) {
            int patch = asked[1] * study.manifest().grid().columns() + asked[2];
            int lesion = study.manifest().maskClasses().indexOf("ground-glass");
            assertThat(study.coverage(asked[0]).orElseThrow().get(patch, lesion))
                    .isGreaterThan(0.8f);
        }
    }

    @Test
    @Order(4)
    void theSecondTimeNothingIsMade() throws IOException {
        SortedMap<String, FileTime> before = times();
        CommandLineRun run = run("demo", "--study", folders.study().toString(), "--prepare");
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).isEqualTo("patchlens serve " + folders.study() + "\n");
        assertThat(run.err())
                .contains(folders.images().toString(), folders.figures().toString());
        assertThat(times()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void aStudyOfSomethingElseIsLeftAlone() throws IOException {
        Path picture = folders.images().resolve("images/p001-00.png");
        String study = folder.resolve("mine").toString();
        String cache = folder.resolve("cache-home").toString();
        CommandLineRun mine = CommandLineRun.with(
                Map.of("XDG_CACHE_HOME", cache),
                folder,
                "extract",
                picture.toString(),
                "--study",
                study,
                "--size",
                "32");
        assertThat(mine.code()).as(mine.err()).isEqualTo(ExitCode.OK);
        SortedMap<String, FileTime> before = times();
        CommandLineRun run = run("demo", "--study", study, "--prepare");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("this study was not made by the demo").contains("--study");
        assertThat(times()).isEqualTo(before);
    }
}
