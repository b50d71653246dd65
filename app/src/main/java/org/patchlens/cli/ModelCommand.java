package org.patchlens.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `patchlens model`: the commands about models.
@CommandLine.Command(name = "model", description = "Get models and look at them.", synopsisSubcommandLabel = "COMMAND")
final class ModelCommand implements Command {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    ModelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        spec.commandLine().usage(terminal.out());
        return ExitCode.OK;
    }
}
