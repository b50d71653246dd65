package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A user of the library who does not know of `--add-modules jdk.incubator.vector`: a Java process of its own.
class KernelsWithoutVectorModuleTest {
    /// What the process runs: prints the bits of some sums.
    static final class Sums {
        private Sums() {}

        public static void main(String[] arguments) {
            System.out.println(bits());
        }

        static String bits() {
            FloatMatrix noise = FloatMatrix.zeros(20, 197);
            var random = new Seed(1).generator();
            for (int row = 0; row < 20; row++) {
                for (int column = 0; column < 197; column++) {
                    noise.set(row, column, random.nextFloat() - 0.5f);
                }
            }
            StringBuilder bits = new StringBuilder();
            for (int row = 0; row < 20; row++) {
                bits.append(Integer.toHexString(Float.floatToRawIntBits(Kernels.dot(noise, 0, noise, row))));
            }
            return bits.toString();
        }
    }

    @Test
    void theSameBitsComeWithOneLineOfNotice() throws Exception {
        Process process = java();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(errors).isZero();
        assertThat(output.strip()).isEqualTo(Sums.bits());
        // The JDK's default log puts time and class on a line of their own before each message.
        assertThat(errors.lines()).hasSize(2);
        assertThat(errors).contains("WARNING: ").contains("start Java with --add-modules jdk.incubator.vector");
    }

    private static Process java() throws IOException, URISyntaxException {
        String classPath = Stream.of(Kernels.class, Sums.class)
                .map(KernelsWithoutVectorModuleTest::location)
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.language=en",
                        "-cp",
                        classPath,
                        Sums.class.getName()))
                .start();
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
