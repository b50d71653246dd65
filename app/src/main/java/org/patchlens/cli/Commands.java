package org.patchlens.cli;

import picocli.CommandLine;

/// The list of commands.
final class Commands {
    private Commands() {}

    /// All commands, ready to parse.
    static CommandLine of(Terminal terminal) {
        CommandLine line = new CommandLine(new RootCommand(terminal));
        line.addSubcommand(new CompletionCommand(terminal));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        return line;
    }
}
