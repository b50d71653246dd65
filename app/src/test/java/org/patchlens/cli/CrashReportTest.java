package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportTest {
    private final CrashReport report = new CrashReport(
            List.of("norms", "my study"), new IllegalStateException("outer", new ArithmeticException("inner")));

    @Test
    void namesCommandVersionAndEveryCause() {
        assertThat(report.text())
                .contains("patchlens ", "command: norms my study", "IllegalStateException: outer")
                .contains("caused by java.lang.ArithmeticException: inner", "    at org.patchlens.cli.CrashReportTest");
    }

    @Test
    void isWrittenToANewFile(@TempDir Path folder) {
        assertThat(report.writeTo(folder))
                .get()
                .satisfies(file -> assertThat(file).hasContent(report.text()));
    }

    @Test
    void isEmptyWhereItCannotBeWritten(@TempDir Path folder) {
        assertThat(report.writeTo(folder.resolve("absent"))).isEmpty();
    }
}
