package org.patchlens.model.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.model.VitModel;

/// The model that comes along: what it is, and that it is whole wherever it lies.
class BundledModelTest {
    @TempDir
    private Path cache;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itIsAVisionTransformerWithFourRegisters() {
        Path folder = BundledModel.folder(cache);
        try (VitModel model = VitModel.load(folder)) {
            assertThat(model.description().name()).isEqualTo("patchlens-tiny");
            assertThat(model.description().dtype()).isEqualTo("F16");
            assertThat(model.description().patchSize()).isEqualTo(16);
            assertThat(model.description().parameters()).isBetween(1_000_000L, 6_000_000L);
            assertThat(model.layout().registers()).isEqualTo(4);
        }
    }

    @Test
    void itTakesNoMoreThanTwelveMegabytes() throws IOException {
        Path folder = BundledModel.folder(cache);
        long bytes = 0;
        for (String name : names(folder)) {
            bytes += Files.size(folder.resolve(name));
        }
        assertThat(names(folder))
                .containsExactly("README.md", "config.json", "model.safetensors", "preprocessor_config.json");
        assertThat(bytes).isLessThan(12_000_000);
    }

    @Test
    void whatLiesInTheCacheIsNotWrittenAgain() throws IOException {
        Path weights = BundledModel.folder(cache).resolve("model.safetensors");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(weights, longAgo);
        assertThat(BundledModel.folder(cache).resolve("model.safetensors")).isEqualTo(weights);
        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(longAgo);
    }

    @Test
    void whatWasDamagedIsMended() throws IOException {
        Path folder = BundledModel.folder(cache);
        Path weights = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(weights, damaged);
        Files.delete(folder.resolve("config.json"));
        BundledModel.folder(cache);
        assertThat(Files.readAllBytes(weights)).isEqualTo(whole);
        assertThat(folder.resolve("config.json")).isNotEmptyFile();
        assertThat(names(folder)).hasSize(4);
    }

    @Test
    void manyMayAskForItAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Path> ask = () -> BundledModel.folder(cache);
            List<Future<Path>> answers =
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> ask).toList());
            for (Future<Path> answer : answers) {
                VitModel.load(answer.get()).close();
            }
            assertThat(names(answers.getFirst().get())).hasSize(4);
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsReportedInOneSentence() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        assertThatThrownBy(() -> BundledModel.folder(file))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("the model patchlens-tiny cannot be kept there")
                .hasMessageEndingWith("Set XDG_CACHE_HOME to a folder that can be written.");
    }

    @Test
    void theCacheIsWhereOtherProgramsKeepTheirs() {
        Path home = Path.of("home");
        assertThat(BundledModel.cache(Map.of(), home)).isEqualTo(Path.of("home/.cache/patchlens"));
        assertThat(BundledModel.cache(Map.of("XDG_CACHE_HOME", "other"), home)).isEqualTo(Path.of("other/patchlens"));
        assertThat(BundledModel.cache(Map.of("XDG_CACHE_HOME", " "), home)).isEqualTo(Path.of("home/.cache/patchlens"));
    }
}
