package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.analysis.Progress;
import org.patchlens.extract.ExtractionOptions.Effort;
import org.patchlens.model.RandomVit;

/// A CT of 2,000 slices in a virtual machine of its own with a heap of 192 MB and a deadline.
class LargeSeriesTest {
    private static final int SLICES = 2000;
    private static final int SECONDS = 300;

    @TempDir
    private Path folder;

    /// Extracts; prints how many images there are.
    static final class SmallHeapExtraction {
        private SmallHeapExtraction() {}

        /// Extracts.
        ///
        /// @param arguments images, model, study
        public static void main(String[] arguments) {
            ExtractionOptions options = ExtractionOptions.of(
                            Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))
                    .withEffort(new Effort(2, OptionalInt.of(4)));
            System.out.println(
                    "images: " + Extraction.run(options, Progress.NONE).study().images());
        }
    }

    @Test
    void aLargeSeriesNeedsNoMoreMemoryThanASmallOne() throws IOException, InterruptedException {
        Path scans = SyntheticScans.series(folder.resolve("scans"), SLICES);
        Path model = RandomVit.write(folder.resolve("model"), 1);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapExtraction.class.getName(),
                        scans.toString(),
                        model.toString(),
                        folder.resolve("study").toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(output.toFile()).content(StandardCharsets.UTF_8).contains("images: " + SLICES);
    }
}
