package org.patchlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchlens.embedding.Version;

/// What is kept of a mistake of Patchlens itself, so that it can be reported.
///
/// @param arguments the command that was run
/// @param failure what went wrong
record CrashReport(List<String> arguments, Throwable failure) {
    CrashReport {
        arguments = List.copyOf(arguments);
    }

    /// Version, command and stack trace.
    String text() {
        return "patchlens " + Version.CURRENT + ", Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "\ncommand: "
                + String.join(" ", arguments) + "\n\n" + trace();
    }

    private String trace() {
        StringBuilder trace = new StringBuilder();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            trace.append(trace.isEmpty() ? "" : "caused by ").append(cause).append('\n');
            for (StackTraceElement frame : cause.getStackTrace()) {
                trace.append("    at ").append(frame).append('\n');
            }
        }
        return trace.toString();
    }

    /// Writes the report to a new file in the folder; empty if that is not possible.
    Optional<Path> writeTo(Path folder) {
        try {
            Path file = Files.createTempFile(folder, "patchlens-crash-", ".txt");
            return Optional.of(Files.writeString(file, text()));
        } catch (IOException e) {
            return Optional.empty(); // the caller then shows the report itself
        }
    }
}
