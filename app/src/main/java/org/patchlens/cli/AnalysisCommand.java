package org.patchlens.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Option;
import org.patchlens.analysis.OptionType;
import org.patchlens.analysis.OptionsSchema;
import org.patchlens.analysis.ResultFiles;
import org.patchlens.analysis.ResultJson;
import org.patchlens.figure.FigureFiles;
import org.patchlens.figure.FigurePainter;
import org.patchlens.study.Study;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

/// The command of an analysis, made of nothing but its entry in the list: its options become flags.
///
/// @param <O> the options
/// @param <R> the result
final class AnalysisCommand<O extends Record, R extends Record> implements Command {
    private final Terminal terminal;
    private final Analysis<O, R> analysis;
    private final OptionsSchema<O> schema;
    private final CommandSpec spec;
    private final Optional<OnDemandModel> model;

    @Parameters(paramLabel = "DIR", description = "The study.")
    private Path folder;

    @picocli.CommandLine.Option(names = "--json", description = "Print the whole result as JSON.")
    private boolean json;

    @picocli.CommandLine.Option(
            names = "--png",
            paramLabel = "FILE",
            description = "Draw the figures: the first to FILE, the others beside it.")
    private Optional<Path> png;

    @picocli.CommandLine.Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draw the figures as SVG: the first to FILE, the others beside it.")
    private Optional<Path> svg;

    @picocli.CommandLine.Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write the numbers of the figures: the first to FILE, the others beside it.")
    private Optional<Path> csv;

    @picocli.CommandLine.Option(
            names = "--npy",
            paramLabel = "FILE",
            description = "Write the arrays of the result for NumPy: the first to FILE, the others beside it.")
    private Optional<Path> npy;

    @picocli.CommandLine.Option(
            names = "--save",
            paramLabel = "NAME",
            description = "Keep the result in the study under NAME; patchlens results and the explorer show it again.")
    private Optional<String> save;

    @picocli.CommandLine.Option(
            names = "--png-scale",
            paramLabel = "N",
            defaultValue = "2",
            description = "Pixels of a PNG per logical pixel, from 0.1; 760 logical pixels are the width (default: 2).")
    private double scale;

    AnalysisCommand(Analysis<O, R> analysis, Terminal terminal) {
        this(analysis, terminal, Optional.empty());
    }

    /// @param model flags of an analysis that may run the model
    AnalysisCommand(Analysis<O, R> analysis, Terminal terminal, Optional<OnDemandModel> model) {
        this.analysis = analysis;
        this.model = model;
        this.terminal = terminal;
        this.schema = analysis.schema();
        this.spec = CommandSpec.forAnnotatedObject(this).name(analysis.name());
        spec.usageMessage().description(escaped(analysis.summary()) + ".");
        schema.options().forEach(option -> spec.addOption(flag(option)));
        model.ifPresent(flags -> {
            spec.addMixin("model", CommandSpec.forAnnotatedObject(flags));
            PositionalParamSpec study = spec.positionalParameters().getFirst();
            spec.remove(study);
            spec.add(PositionalParamSpec.builder(study)
                    .paramLabel("DIR|IMAGE")
                    .description("The study, or an image that is in none; the model is needed then.")
                    .build());
        });
    }

    /// What picocli needs to know of the command.
    CommandSpec spec() {
        return spec;
    }

    private static OptionSpec flag(Option option) {
        boolean isSwitch = option.type() == OptionType.BOOLEAN && option.arity() == Option.Arity.ONE;
        return OptionSpec.builder(option.flag())
                .type(option.arity() == Option.Arity.LIST ? String[].class : String.class)
                .arity(isSwitch ? "0..1" : "1")
                .fallbackValue("true")
                .paramLabel(option.placeholder())
                .description(escaped(option.help()) + ".")
                .build();
    }

    /// picocli reads descriptions as formats.
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }

    @Override
    public ExitCode run() {
        O options = schema.parse(given());
        Optional<ResultName> name = save.map(given -> new ResultName(analysis.name(), given));
        name.ifPresent(wanted -> new ResultStore(folder).requireFree(wanted));
        npy.ifPresent(ArrayFiles::check);
        TerminalProgress.Work work =
                new TerminalProgress.Work(analysis.name(), "", "Nothing was written; run it again when there is time.");
        try (Study study = model.map(flags -> flags.study(folder)).orElseGet(() -> Study.open(folder))) {
            R result;
            try (WorkSession session = new WorkSession(terminal, work)) {
                result = analysis.function().of(study, options, session);
            }
            show(result, study);
            npy.map(file -> ArrayFiles.write(file, ResultFiles.of(analysis, options, result)))
                    .ifPresent(this::sayWritten);
            name.ifPresent(wanted -> keep(wanted, options, result));
        } finally {
            model.ifPresent(OnDemandModel::close);
        }
        return ExitCode.OK;
    }

    private Map<String, String> given() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Option option : schema.options()) {
            Object value = spec.findOption(option.flag()).getValue();
            if (value instanceof String[] repeated) {
                texts.put(option.name(), String.join(",", repeated));
            } else if (value instanceof String text) {
                texts.put(option.name(), text);
            }
        }
        return texts;
    }

    private void show(R result, Study study) {
        List<Figure> figures = analysis.figures().of(result);
        csv.map(file -> FigureFiles.writeCsv(file, figures)).ifPresent(this::sayWritten);
        FigurePainter painter = new FigurePainter(study::view, scale);
        png.map(file -> FigureFiles.writePng(file, figures, painter)).ifPresent(this::sayWritten);
        svg.map(file -> FigureFiles.writeSvg(file, figures, painter)).ifPresent(this::sayWritten);
        terminal.out().print(json ? ResultJson.text(result) : FigureText.of(figures));
    }

    private void keep(ResultName name, O options, R result) {
        new ResultStore(folder).save(name, ResultFiles.of(analysis, options, result));
        terminal.err().println("saved " + name);
    }

    private void sayWritten(List<Path> files) {
        files.forEach(file -> terminal.err().println("wrote " + file));
    }
}
