package org.patchlens.cli;

import picocli.CommandLine.Option;

/// The flags of every command.
final class CommonFlags {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /// Read by [Program] before anything is parsed, so that it also works where parsing fails.
    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;
}
