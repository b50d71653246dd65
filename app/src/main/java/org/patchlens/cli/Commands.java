package org.patchlens.cli;

import java.util.List;
import java.util.Optional;
import org.patchlens.Analyses;
import org.patchlens.analysis.Analysis;
import org.patchlens.embedding.ElementType;
import org.patchlens.extract.AnimationFrames;
import org.patchlens.extract.Parallel;
import org.patchlens.extract.PathPrivacy;
import org.patchlens.model.architecture.Device;
import org.patchlens.model.architecture.Precision;
import org.patchlens.patch.Reduction;
import org.patchlens.rerun.RerunAnalyses;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.StudyExport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The list of commands.
final class Commands {
    private static final int WIDTH = 100;

    /// The enums among the flags, written in lower case.
    private static final List<Choices<?>> CHOICES = List.of(
            new Choices<>(AnimationFrames.class),
            new Choices<>(AttentionStorage.class),
            new Choices<>(CompletionCommand.Shell.class),
            new Choices<>(Device.class),
            new Choices<>(ElementType.class),
            new Choices<>(Parallel.class),
            new Choices<>(PathPrivacy.class),
            new Choices<>(Precision.class),
            new Choices<>(Reduction.class),
            new Choices<>(StudyExport.Format.class),
            new Choices<>(StudyExport.Tokens.class));

    private Commands() {}

    /// All commands, ready to parse.
    static CommandLine of(Terminal terminal) {
        CommandLine line = new CommandLine(new RootCommand(terminal));
        line.addSubcommand(new DemoCommand(terminal));
        line.addSubcommand(new PhantomCommand(terminal));
        line.addSubcommand(new ExtractCommand(terminal));
        line.addSubcommand(new InfoCommand(terminal));
        for (Analysis<?, ?> analysis : Analyses.ALL) {
            line.addSubcommand(ofAnalysis(analysis, terminal));
        }
        line.addSubcommand(new ResultsCommand(terminal));
        line.addSubcommand(new PredictCommand(terminal));
        line.addSubcommand(new ServeCommand(terminal));
        line.addSubcommand(new IndexCommand(terminal));
        line.addSubcommand(new ExportCommand(terminal));
        CommandLine model = new CommandLine(new ModelCommand(terminal));
        model.addSubcommand(new ModelListCommand(terminal));
        model.addSubcommand(new ModelPullCommand(terminal));
        model.addSubcommand(new ModelInspectCommand(terminal));
        line.addSubcommand(model);
        line.addSubcommand(new DoctorCommand(terminal));
        line.addSubcommand(new CompletionCommand(terminal));
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build());
        addCommonFlags(line.getCommandSpec());
        CHOICES.forEach(choices -> readLowerCase(line, choices));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(WIDTH);
        return line;
    }

    /// An analysis of attention may run the model for what a study does not store.
    private static CommandSpec ofAnalysis(Analysis<?, ?> analysis, Terminal terminal) {
        OnDemandModel model = new OnDemandModel(terminal);
        return RerunAnalyses.mayRun(analysis)
                ? new AnalysisCommand<>(RerunAnalyses.with(model::source, analysis), terminal, Optional.of(model))
                        .spec()
                : new AnalysisCommand<>(analysis, terminal).spec();
    }

    private static <E extends Enum<E>> void readLowerCase(CommandLine line, Choices<E> choices) {
        line.registerConverter(choices.type(), choices);
    }

    /// The flags of every command; `--debug` is read by [Program] before anything is parsed, so that it also works
    /// where parsing fails.
    private static void addCommonFlags(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        spec.addOption(OptionSpec.builder("--debug")
                .description("Show the stack trace of an error.")
                .build());
        spec.subcommands().values().forEach(command -> addCommonFlags(command.getCommandSpec()));
    }
}
