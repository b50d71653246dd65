package org.patchlens.image.raster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.Shared;

/// The whole shared collection, bombs and fuzz included, in a JVM of 256 MiB and under a watchdog.
class SmallHeapTest {
    private static final int SECONDS_FOR_ALL = 120;
    private static final long MILLISECONDS_FOR_ONE = 10_000;

    @Test
    void noFileHangsOrExhaustsASmallJvm(@TempDir Path folder) throws IOException, InterruptedException {
        Path files = Shared.path("data/images/files");
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.awt.headless=true",
                        "-Dsun.stdout.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        files.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean finished = process.waitFor(SECONDS_FOR_ALL, TimeUnit.SECONDS);
        if (!finished) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(finished).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        List<String> lines = printed.lines().toList();
        try (Stream<Path> all = Files.list(files)) {
            assertThat(lines).hasSize((int) all.count());
        }
        for (String line : lines) {
            assertThat(Long.parseLong(line.split("\t", -1)[1])).as(line).isLessThan(MILLISECONDS_FOR_ONE);
        }
    }
}
