package org.patchlens.cli;

import java.util.List;
import org.patchlens.Analyses;
import org.patchlens.analysis.Analysis;
import org.patchlens.embedding.ElementType;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.StudyExport;
import picocli.CommandLine;

/// The list of commands.
final class Commands {
    private static final int WIDTH = 100;

    /// The enums among the flags, written in lower case.
    private static final List<Choices<?>> CHOICES = List.of(
            new Choices<>(AttentionStorage.class),
            new Choices<>(CompletionCommand.Shell.class),
            new Choices<>(ElementType.class),
            new Choices<>(StudyExport.Format.class),
            new Choices<>(StudyExport.Tokens.class));

    private Commands() {}

    /// All commands, ready to parse.
    static CommandLine of(Terminal terminal) {
        CommandLine line = new CommandLine(new RootCommand(terminal));
        line.addSubcommand(new ExtractCommand(terminal));
        line.addSubcommand(new InfoCommand(terminal));
        for (Analysis<?, ?> analysis : Analyses.ALL) {
            line.addSubcommand(new AnalysisCommand<>(analysis, terminal).spec());
        }
        line.addSubcommand(new ExportCommand(terminal));
        CommandLine model = new CommandLine(new ModelCommand(terminal));
        model.addSubcommand(new ModelCommand.Inspect(terminal));
        line.addSubcommand(model);
        line.addSubcommand(new DoctorCommand(terminal));
        line.addSubcommand(new CompletionCommand(terminal));
        CHOICES.forEach(choices -> readLowerCase(line, choices));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(WIDTH);
        return line;
    }

    private static <E extends Enum<E>> void readLowerCase(CommandLine line, Choices<E> choices) {
        line.registerConverter(choices.type(), choices);
    }
}
