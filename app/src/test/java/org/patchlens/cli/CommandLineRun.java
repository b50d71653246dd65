package org.patchlens.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// A run of the program inside the test: what it said and how it ended.
///
/// @param code it ended with
/// @param out everything on stdout
/// @param err everything on stderr
record CommandLineRun(ExitCode code, String out, String err) {
    /// Runs a command; details of a crash go to the folder.
    static CommandLineRun of(Path crashFolder, String... arguments) {
        return with(Map.of(), crashFolder, arguments);
    }

    /// Runs a command with these variables in its environment.
    static CommandLineRun with(Map<String, String> environment, Path crashFolder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(stream(out), stream(err), false, false, () -> 0, crashFolder, environment);
        ExitCode code = new Program(terminal).run(arguments);
        terminal.out().flush();
        return new CommandLineRun(code, text(out), text(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
