package org.patchlens.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.patchlens.PatchlensException;

/// The program `patchlens`.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        StandardOutput stdout = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        try (PrintStream out =
                new PrintStream(new BufferedOutputStream(stdout, 1 << 16), false, StandardCharsets.UTF_8)) {
            Program program = new Program(terminal(out));
            ExitCode code = program.run(arguments);
            out.flush();
            System.exit((code == ExitCode.OK ? ended(program, stdout) : code).status());
        }
    }

    private static ExitCode ended(Program program, StandardOutput stdout) {
        try {
            stdout.verify();
            return ExitCode.OK;
        } catch (PatchlensException e) {
            return program.explain(e);
        }
    }

    /// The launcher tells with `patchlens.terminal` whether stderr is a terminal, which Java cannot see.
    private static Terminal terminal(PrintStream out) {
        boolean animated = Boolean.getBoolean("patchlens.terminal");
        boolean plain =
                !Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty();
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setErr(err);
        Path temporary = Path.of(Objects.requireNonNullElse(System.getProperty("java.io.tmpdir"), "."));
        return new Terminal(out, err, animated, animated && !plain, System::nanoTime, temporary, System.getenv());
    }
}
