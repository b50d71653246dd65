package org.patchlens.study.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.patchlens.PatchlensException;

/// Turns what the operating system says into one sentence for the user.
public final class DiskProblem {
    private static final String RESUME = " and run the same command again; what is committed is kept.";

    private DiskProblem() {}

    /// A file of a study could not be written.
    public static PatchlensException writing(Path file, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return PatchlensException.interrupted(
                            file.toString(),
                            "was not finished",
                            "Run the same command again; what is committed is kept.")
                    .causedBy(cause);
        }
        return writing(file, reason(cause)).causedBy(cause);
    }

    /// A file could not be written, as a stream of characters tells it.
    public static PatchlensException writing(Path file, UncheckedIOException cause) {
        return writing(file, unwrapped(cause));
    }

    private static IOException unwrapped(UncheckedIOException cause) {
        IOException reason = cause.getCause();
        return reason == null ? new IOException(cause) : reason;
    }

    /// A table could not be written.
    public static PatchlensException writing(Path file, SQLException cause) {
        return writing(file, firstLine(String.valueOf(cause.getMessage()))).causedBy(cause);
    }

    private static PatchlensException writing(Path file, String reason) {
        boolean full = reason.contains("No space left")
                || reason.toLowerCase(Locale.ROOT).contains("disk full");
        boolean quota = reason.contains("quota");
        String nextStep = full || quota ? "Free space" : "Mend the cause";
        return PatchlensException.partial(file.toString(), "cannot be written: " + reason, nextStep + RESUME);
    }

    /// A file could not be read.
    public static PatchlensException reading(Path file, IOException cause) {
        return PatchlensException.badData(file.toString(), "cannot be read: " + reason(cause), "")
                .causedBy(cause);
    }

    /// A file could not be read, as a stream of characters tells it.
    public static PatchlensException reading(Path file, UncheckedIOException cause) {
        return reading(file, unwrapped(cause));
    }

    /// A table could not be read.
    public static PatchlensException reading(Path file, SQLException cause) {
        return PatchlensException.badData(
                        file.toString(), "cannot be read: " + firstLine(String.valueOf(cause.getMessage())), "")
                .causedBy(cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "there is no such file";
            case AccessDeniedException e -> "permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> firstLine(String.valueOf(cause.getMessage()));
        };
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("no reason was given");
    }
}
