package org.patchlens.cli;

import org.patchlens.embedding.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `patchlens` without a command: answers with its help.
@CommandLine.Command(
        name = "patchlens",
        header = "Shows what a Vision Transformer sees, patch by patch.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = RootCommand.VersionText.class,
        footer = {
            "",
            "Exit codes: 0 ok, 1 bug, 2 usage, 3 bad data, 4 gate failed, 5 partly done (run again), 130 interrupted."
        })
final class RootCommand implements Command {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        spec.commandLine().usage(terminal.out());
        return ExitCode.OK;
    }

    /// One line.
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"patchlens " + Version.CURRENT};
        }
    }
}
