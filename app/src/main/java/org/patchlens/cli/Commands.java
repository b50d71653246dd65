package org.patchlens.cli;

import org.patchlens.Analyses;
import org.patchlens.analysis.Analysis;
import org.patchlens.study.StudyExport;
import picocli.CommandLine;

/// The list of commands.
final class Commands {
    private static final int WIDTH = 100;

    private Commands() {}

    /// All commands, ready to parse.
    static CommandLine of(Terminal terminal) {
        CommandLine line = new CommandLine(new RootCommand(terminal));
        line.addSubcommand(new InfoCommand(terminal));
        for (Analysis<?, ?> analysis : Analyses.ALL) {
            line.addSubcommand(new AnalysisCommand<>(analysis, terminal).spec());
        }
        line.addSubcommand(new ExportCommand(terminal));
        line.addSubcommand(new DoctorCommand(terminal));
        line.addSubcommand(new CompletionCommand(terminal));
        line.registerConverter(CompletionCommand.Shell.class, new Choices<>(CompletionCommand.Shell.class));
        line.registerConverter(StudyExport.Format.class, new Choices<>(StudyExport.Format.class));
        line.registerConverter(StudyExport.Tokens.class, new Choices<>(StudyExport.Tokens.class));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(WIDTH);
        return line;
    }
}
