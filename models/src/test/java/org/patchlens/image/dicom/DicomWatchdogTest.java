package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;

/// The whole collection in a JVM with 256 MB of heap: no file may ask for more, and none may take long.
class DicomWatchdogTest {
    private static final long SLOWEST_FILE_MILLIS = 20_000;
    private static final long SLOWEST_RUN_SECONDS = 300;

    @Test
    void everyFileEndsWithinASmallHeap(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Walk.class.getName()));
        for (String kind : List.of("good", "corrupt", "nopixels")) {
            Corpus.files(kind).forEach(file -> command.add(file.path().toString()));
        }
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(SLOWEST_RUN_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as("%s", text).isTrue();
        assertThat(process.exitValue()).as("%s", text).isZero();
        assertThat(text.lines().filter(line -> line.startsWith("done "))).hasSize(command.size() - 5);
    }

    /// Reads every frame of the files that are named.
    static final class Walk {
        private Walk() {}

        public static void main(String[] files) {
            for (String name : files) {
                long start = System.nanoTime();
                try (DicomFile file = new DicomReader().open(Path.of(name), ImageLimits.DEFAULT)) {
                    for (int frame = 0; frame < file.frames(); frame++) {
                        file.read(frame);
                    }
                } catch (PatchlensException e) {
                    System.out.println(e.getMessage());
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                if (millis > SLOWEST_FILE_MILLIS) {
                    throw new AssertionError(name + " took " + millis + " ms");
                }
                System.out.println("done " + name);
            }
        }
    }
}
