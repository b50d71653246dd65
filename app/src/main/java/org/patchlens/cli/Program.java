package org.patchlens.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// One run of the command line: parses, runs, and turns every way of failing into a sentence and an exit code.
final class Program {
    private final Terminal terminal;

    Program(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Runs a command.
    ///
    /// @param arguments as the shell gave them
    ExitCode run(String... arguments) {
        boolean debug = List.of(arguments).contains("--debug");
        try {
            CommandLine line = Commands.of(terminal);
            line.setColorScheme(Help.defaultColorScheme(terminal.colored() ? Help.Ansi.ON : Help.Ansi.OFF));
            line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
            line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
            ParseResult parsed = line.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return ExitCode.OK;
            }
            return chosen(parsed).run();
        } catch (ParameterException e) {
            return misunderstood(e);
        } catch (PatchlensException e) {
            showTrace(debug, e);
            return explain(e);
        } catch (RuntimeException | Error e) {
            return crashed(new CrashReport(List.of(arguments), e), debug);
        }
    }

    /// Prints the message of an error that the user can do something about.
    ExitCode explain(PatchlensException error) {
        terminal.err().println(error.getMessage());
        return ExitCode.of(error.category());
    }

    private static Command chosen(ParseResult parsed) {
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        return (Command) deepest.commandSpec().userObject();
    }

    private ExitCode misunderstood(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        if (e.getCause() instanceof PatchlensException refused) {
            return explain(refused);
        }
        StringBuilder message = new StringBuilder(sentence(e));
        if (e instanceof UnmatchedArgumentException unmatched) {
            suggestion(unmatched, spec)
                    .ifPresent(name ->
                            message.append(" Did you mean ").append(name).append("?"));
        }
        terminal.err().println(message);
        terminal.err().println("Use " + spec.qualifiedName() + " --help to see what there is.");
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            boolean flag = first.startsWith("-");
            boolean command = !flag && !e.getCommandLine().getSubcommands().isEmpty();
            return "Unknown " + (flag ? "flag " : command ? "command " : "argument ") + first + ".";
        }
        String text = Objects.requireNonNullElse(e.getMessage(), "The command is not understood");
        return text.endsWith(".") ? text : text + ".";
    }

    private static Optional<String> suggestion(UnmatchedArgumentException e, CommandSpec spec) {
        String first = e.getUnmatched().getFirst();
        Collection<String> known = new ArrayList<>();
        if (first.startsWith("-")) {
            spec.options().forEach(option -> known.addAll(List.of(option.names())));
        } else {
            known.addAll(spec.subcommands().keySet());
        }
        return Spelling.nearest(first.split("=", 2)[0], known);
    }

    private void showTrace(boolean debug, PatchlensException e) {
        if (debug) {
            terminal.err().print(new CrashReport(List.of(), e).text());
        }
    }

    private ExitCode crashed(CrashReport report, boolean debug) {
        String mistake = "This is a mistake in Patchlens: " + report.failure() + ".";
        Optional<String> file = debug
                ? Optional.empty()
                : report.writeTo(terminal.crashFolder()).map(path -> " The details are in " + path + ".");
        terminal.err().println(mistake + file.orElse(""));
        if (file.isEmpty()) {
            terminal.err().print(report.text());
        }
        return ExitCode.BUG;
    }
}
