package org.patchlens.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.ResultJson;
import org.patchlens.phantom.PhantomFolder;
import org.patchlens.phantom.PhantomOptions;
import org.patchlens.phantom.cohort.CohortOptions;
import org.patchlens.phantom.cohort.Shortcut;
import org.patchlens.phantom.scanner.ShortcutKind;
import org.patchlens.tensor.Seed;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `patchlens phantom`: chest CT of patients that do not exist, with a known truth.
@CommandLine.Command(
        name = "phantom",
        description = "Make chest CT of patients that do not exist, with masks of every tissue and lesion.",
        footer = {
            "",
            "The pictures hold Hounsfield units + 1024, so the lung window is --window 424/1500 and the mediastinal"
                    + " window 1064/400."
        })
final class PhantomCommand implements Command {
    private static final int MOST_PATIENTS = 100_000;
    private static final int MOST_SLICES = 500;
    private static final int MOST_THREADS = 1024;

    private final Terminal terminal;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to make.")
    private Path out;

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "60",
            description = "Patients; half of them are diseased (default: 60).")
    private int patients;

    @Option(
            names = "--slices",
            paramLabel = "N",
            defaultValue = "4",
            description = "Slices of each patient (default: 4).")
    private int slices;

    @Option(
            names = "--pixels",
            paramLabel = "N",
            defaultValue = "512",
            description = "Side of an image, 64 to 1024 (default: 512).")
    private int pixels;

    @Option(names = "--volume", description = "Write whole chests as NIfTI too.")
    private boolean volume;

    @Option(
            names = "--shortcut",
            paramLabel = "KIND:STRENGTH",
            description =
                    "Plant what tells the label without the disease: marker, tube, text, table or site, from 0 (no"
                            + " relation) to 1 (tells it always), such as marker:0.8; may be repeated.")
    private List<String> shortcuts = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "1", description = "Of everything (default: 1).")
    private long seed;

    @Option(names = "--threads", paramLabel = "NUMBER", description = "Threads to work with (default: all processors).")
    private Optional<Integer> threads;

    @Option(names = "--json", description = "Print what was made as JSON.")
    private boolean json;

    PhantomCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        PhantomOptions options = options();
        TerminalProgress.Work work =
                new TerminalProgress.Work("phantom", "patients", "Nothing was kept; run it again.");
        PhantomFolder.Report report;
        try (WorkSession session = new WorkSession(terminal, work)) {
            report = PhantomFolder.write(out, options, session);
        }
        terminal.out().print(json ? ResultJson.text(report) : text(report));
        return ExitCode.OK;
    }

    private PhantomOptions options() {
        CohortOptions cohort = new CohortOptions(
                within("--patients", patients, 1, MOST_PATIENTS),
                within("--slices", slices, 1, MOST_SLICES),
                planted(),
                new Seed(seed));
        int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
        return new PhantomOptions(
                cohort,
                within("--pixels", pixels, PhantomOptions.LEAST_PIXELS, PhantomOptions.MOST_PIXELS),
                volume,
                within("--threads", workers, 1, MOST_THREADS));
    }

    private List<Shortcut> planted() {
        List<Shortcut> planted = shortcuts.stream().map(Shortcut::parse).toList();
        Set<ShortcutKind> kinds = new HashSet<>();
        for (Shortcut shortcut : planted) {
            if (!kinds.add(shortcut.kind())) {
                throw PatchlensException.usage(
                        "--shortcut",
                        shortcut.kind().word() + " is planted twice, with which strength?",
                        "Give it once");
            }
        }
        return planted;
    }

    private static int within(String flag, int number, int least, int most) {
        if (number < least || number > most) {
            throw PatchlensException.usage(flag + " " + number, least + " to " + most + " is expected", "");
        }
        return number;
    }

    private static String text(PhantomFolder.Report report) {
        return String.format(
                Locale.ROOT,
                "%s: %d patients, %d of them diseased; %d images%s%n"
                        + "patchlens extract %s --window 424/1500 --metadata %s --masks %s --mask-classes %s --model"
                        + " MODEL --study DIR%n",
                report.folder(),
                report.patients(),
                report.diseased(),
                report.images(),
                report.volumes() > 0 ? ", " + report.volumes() + " volumes" : "",
                report.folder().resolve("images"),
                report.folder().resolve("metadata.csv"),
                report.folder().resolve("masks"),
                report.folder().resolve("classes.json"));
    }
}
