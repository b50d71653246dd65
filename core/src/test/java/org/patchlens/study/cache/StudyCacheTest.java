package org.patchlens.study.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyCacheTest {
    private static final CacheKey KEY =
            CacheKey.of("neighbors", 1).with("k", 90).with("rows", "ab");

    @TempDir
    Path study;

    @Test
    void whatWasKeptIsFound() throws IOException {
        StudyCache cache = StudyCache.of(study);
        assertThat(cache.find(KEY)).isEmpty();
        assertThat(cache.keep(KEY, folder -> Files.writeString(folder.resolve("a.npy"), "one")))
                .isTrue();
        assertThat(cache.find(KEY).orElseThrow().resolve("a.npy")).hasContent("one");
        assertThat(cache.keep(KEY, folder -> Files.writeString(folder.resolve("a.npy"), "two")))
                .isTrue();
        assertThat(cache.find(KEY).orElseThrow().resolve("a.npy")).hasContent("two");
        assertThat(names(cache.folder())).containsExactly(".lock", KEY.folder());
    }

    @Test
    void anyOtherInputVersionOrNameIsAnotherEntry() {
        StudyCache cache = StudyCache.of(study);
        cache.keep(KEY, folder -> Files.writeString(folder.resolve("a"), "one"));
        assertThat(cache.find(KEY.with("k", 15))).isEmpty();
        assertThat(cache.find(KEY.with("metric", "cosine"))).isEmpty();
        assertThat(cache.find(new CacheKey("neighbors", 2, KEY.inputs()))).isEmpty();
        assertThat(cache.find(new CacheKey("index", 1, KEY.inputs()))).isEmpty();
        assertThatThrownBy(() -> CacheKey.of("../up", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "shorter", "missing", "foreign", "index cut", "index of another key"})
    void aDamagedEntryIsAbsentAndCanBeKeptAgain(String damage) throws IOException {
        StudyCache cache = StudyCache.of(study);
        cache.keep(KEY, folder -> Files.writeString(folder.resolve("a"), "0123456789"));
        Path entry = cache.find(KEY).orElseThrow();
        Path index = entry.resolve("entry.json");
        switch (damage) {
            case "changed" -> Files.writeString(entry.resolve("a"), "0123456780");
            case "shorter" -> Files.writeString(entry.resolve("a"), "012345678");
            case "missing" -> Files.delete(entry.resolve("a"));
            case "foreign" -> Files.writeString(entry.resolve("b"), "");
            case "index cut" -> Files.writeString(index, Files.readString(index).substring(0, 50));
            default -> Files.writeString(index, Files.readString(index).replace("\"90\"", "\"91\""));
        }
        assertThat(cache.find(KEY)).isEmpty();
        assertThat(cache.keep(KEY, folder -> Files.writeString(folder.resolve("a"), "0123456789")))
                .isTrue();
        assertThat(cache.find(KEY)).isPresent();
    }

    @Test
    void whatWasNotUsedForTheLongestTimeGivesWay() throws IOException {
        StudyCache cache = new StudyCache(study.resolve("cache"), 3000);
        for (String name : List.of("first", "second")) {
            cache.keep(CacheKey.of(name, 1), folder -> Files.write(folder.resolve("a"), new byte[1000]));
        }
        Path second = cache.find(CacheKey.of("second", 1)).orElseThrow().resolve("entry.json");
        Files.setLastModifiedTime(second, FileTime.fromMillis(1000));
        cache.keep(CacheKey.of("third", 1), folder -> Files.write(folder.resolve("a"), new byte[1000]));
        assertThat(cache.find(CacheKey.of("first", 1))).isPresent();
        assertThat(cache.find(CacheKey.of("second", 1))).isEmpty();
        assertThat(cache.find(CacheKey.of("third", 1))).isPresent();
    }

    @Test
    void whatIsLargerThanTheWholeCacheIsNotKept() throws IOException {
        StudyCache cache = new StudyCache(study.resolve("cache"), 3000);
        cache.keep(KEY, folder -> Files.write(folder.resolve("a"), new byte[100]));
        assertThat(cache.keep(KEY.with("k", 1), folder -> Files.write(folder.resolve("a"), new byte[3000])))
                .isFalse();
        assertThat(names(cache.folder())).containsExactly(".lock", KEY.folder());
    }

    @Test
    void whereNothingCanBeKeptTheWorkGoesOn() throws IOException {
        Files.writeString(study.resolve("cache"), "a file");
        StudyCache cache = StudyCache.of(study);
        assertThat(cache.keep(KEY, folder -> {})).isFalse();
        assertThat(cache.find(KEY)).isEmpty();
    }

    @Test
    void aWriterThatFailsLeavesNothing() throws IOException {
        StudyCache cache = StudyCache.of(study);
        assertThat(cache.keep(KEY, folder -> {
                    Files.writeString(folder.resolve("a"), "half");
                    throw new IOException("No space left on device");
                }))
                .isFalse();
        assertThat(names(cache.folder())).containsExactly(".lock");
    }

    @Test
    void threadsThatKeepTheSameThingTakeTurns() throws InterruptedException {
        StudyCache cache = StudyCache.of(study);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String text = "number " + i;
            threads.add(Thread.ofPlatform()
                    .start(() -> cache.keep(KEY, folder -> Files.writeString(folder.resolve("a"), text))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Optional<Path> found = cache.find(KEY);
        assertThat(found.orElseThrow().resolve("a")).content().startsWith("number ");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
