package org.patchlens.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.patchlens.extract.ExtractionReport;
import org.patchlens.study.FailedInput;

/// What an extraction did, for reading.
final class ExtractionText {
    private static final int MOST_NAMES = 20;

    private ExtractionText() {}

    /// The study in a line or two, for stdout.
    static String summary(ExtractionReport report, Path study) {
        String before =
                report.extracted() < report.study().images() ? " (" + report.extracted() + " of them in this run)" : "";
        return study + ": " + report.study().images() + " images" + before + ", "
                + ByteSize.of(report.study().bytes()) + "\n";
    }

    /// Everything that did not fit, for stderr: the user's tables and folders are rarely what the user thinks.
    static void explain(ExtractionReport report, boolean skipErrors, PrintStream err) {
        for (FailedInput failure : report.failures()) {
            err.println("[" + failure.input().id() + "] " + failure.reason());
        }
        if (!report.failures().isEmpty()) {
            int count = report.failures().size();
            err.println((count == 1 ? "1 image" : count + " images") + " could not be read"
                    + (skipErrors
                            ? "; recorded in the study and left out."
                            : "; mend and run the same command again, or accept it with --skip-errors."));
        }
        report.warnings().forEach(warning -> err.println("warning: " + warning));
        list("Not images, left out", report.ignoredFiles(), err);
        list("Metadata rows that name no image", report.rowsWithoutImage(), err);
        list("Images without a metadata row", report.imagesWithoutRow(), err);
    }

    private static void list(String what, List<String> names, PrintStream err) {
        if (names.isEmpty()) {
            return;
        }
        int shown = Math.min(MOST_NAMES, names.size());
        String more = shown < names.size() ? ", and " + (names.size() - shown) + " more" : "";
        err.println(what + " (" + names.size() + "): " + String.join(", ", names.subList(0, shown)) + more + ".");
    }
}
