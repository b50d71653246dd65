package org.patchlens.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `patchlens completion`: the script that lets a shell complete commands and flags.
@CommandLine.Command(
        name = "completion",
        description = "Print the completion script of a shell.",
        footer = {"", "bash, zsh:  source <(patchlens completion bash)"})
final class CompletionCommand implements Command {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell;

    /// The shells that understand the script; zsh reads it through its own `bashcompinit`, which the script calls.
    enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        CommandLine root = spec.root().commandLine();
        String script = AutoComplete.bash("patchlens", root);
        terminal.out().print(shell == Shell.ZSH ? "#compdef patchlens\n" + script : script);
        return ExitCode.OK;
    }
}
