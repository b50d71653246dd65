package org.patchlens.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.ResultJson;
import org.patchlens.embedding.Version;
import org.patchlens.figure.FigurePainter;
import org.patchlens.model.onnx.OnnxRuntime;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `patchlens doctor`: whether this machine has what Patchlens needs.
@CommandLine.Command(name = "doctor", description = "Check that this machine has what Patchlens needs.")
final class DoctorCommand implements Command {
    private static final long LITTLE_DISK = 1_000_000_000L;

    private final Terminal terminal;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /// One thing that was looked at.
    ///
    /// @param name of it
    /// @param ok whether it is as it should be
    /// @param finding what was found, and what to do where it is not as it should be
    record Check(String name, boolean ok, String finding) {}

    /// @param checks in the order in which they are shown
    record Checkup(List<Check> checks) {}

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        Checkup checkup = new Checkup(List.of(
                new Check("patchlens", true, Version.CURRENT),
                java(),
                new Check(
                        "system",
                        true,
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                                + System.getProperty("os.arch")),
                processors(),
                vectors(),
                works("onnx runtime", () -> OnnxRuntime.environment().getVersion()),
                works("png figures", DoctorCommand::drawing),
                disk()));
        terminal.out().print(json ? ResultJson.text(checkup) : text(checkup));
        List<String> broken = checkup.checks().stream()
                .filter(check -> !check.ok())
                .map(Check::name)
                .toList();
        if (broken.isEmpty()) {
            return ExitCode.OK;
        }
        throw PatchlensException.badData("doctor", "not as it should be: " + String.join(", ", broken), "");
    }

    private static String text(Checkup checkup) {
        Fields fields = new Fields();
        checkup.checks()
                .forEach(check -> fields.add((check.ok() ? "ok    " : "CHECK ") + check.name(), check.finding()));
        return fields.text();
    }

    private static Check java() {
        Runtime.Version version = Runtime.version();
        boolean ok = version.compareTo(Runtime.Version.parse("25.0.3")) >= 0;
        String advice = ok ? "" : "; 25.0.3 or newer is better, it mends a fault of foreign memory (JDK-8377811)";
        return new Check(
                "java",
                ok,
                version + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home") + advice);
    }

    private static Check processors() {
        Runtime runtime = Runtime.getRuntime();
        return new Check(
                "processors",
                true,
                runtime.availableProcessors() + "; the Java heap may take " + ByteSize.of(runtime.maxMemory()));
    }

    private static Check vectors() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return new Check(
                "vectors",
                present,
                present
                        ? "jdk.incubator.vector is there"
                        : "jdk.incubator.vector is absent, slower loops take its place; start with"
                                + " --add-modules jdk.incubator.vector, as the launcher does");
    }

    /// Native libraries fail with errors of many kinds; each of them is a finding here.
    private static Check works(String name, Supplier<String> attempt) {
        try {
            return new Check(name, true, attempt.get());
        } catch (RuntimeException | LinkageError e) {
            return new Check(name, false, e.toString());
        }
    }

    private static String drawing() {
        Figure.Table sample = new Figure.Table("Aa", "", List.of("1"), List.of());
        return "can be drawn, with a font of our own; "
                + new FigurePainter(
                                index -> {
                                    throw new IllegalStateException("a table has no image " + index);
                                },
                                1)
                        .paint(sample)
                        .getWidth()
                + " pixels wide";
    }

    private static Check disk() {
        try {
            FileStore store = Files.getFileStore(Path.of("").toAbsolutePath());
            long free = store.getUsableSpace();
            return new Check("disk", free > LITTLE_DISK, ByteSize.of(free) + " free in this folder");
        } catch (IOException e) {
            return new Check("disk", false, e.toString());
        }
    }
}
