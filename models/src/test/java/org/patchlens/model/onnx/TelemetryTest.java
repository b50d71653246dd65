package org.patchlens.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each starts ONNX Runtime in a process of its own, without what silences it in tests and builds.
class TelemetryTest {
    @TempDir
    Path home;

    /// Starts ONNX Runtime and says so.
    public static void main(String[] arguments) {
        System.out.println(
                OnnxRuntime.providers().isEmpty()
                        ? "no providers"
                        : OnnxRuntime.environment().getVersion());
    }

    private Process start(String argument) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TelemetryTest.class.getName(),
                        argument))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !name.equals("PATH"));
        environment.put("HOME", home.toString());
        return builder.start();
    }

    /// Where the telemetry of ONNX Runtime is on, it keeps a number for the machine in the home folder.
    @Test
    void nothingIsKeptForAReportToAnybody() throws Exception {
        Process process = start("");
        assertThat(process.inputReader().readLine()).startsWith("1.");
        assertThat(process.waitFor()).isZero();
        try (Stream<Path> written = Files.walk(home)) {
            assertThat(written).containsExactly(home);
        }
    }

    @Test
    void aLongCommandLineDoesNotEndTheProcess() throws Exception {
        Process process = start("scan_0001.dcm ".repeat(5000));
        assertThat(process.waitFor()).isZero();
    }
}
