package org.patchlens.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.ResultJson;
import org.patchlens.analysis.probe.Probe;
import org.patchlens.analysis.probe.ProbePrediction;
import org.patchlens.analysis.probe.SavedProbe;
import org.patchlens.figure.FigureFiles;
import org.patchlens.figure.TableText;
import org.patchlens.study.Study;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens predict`: a saved probe over a study of the same model.
@CommandLine.Command(
        name = "predict",
        description = "Apply a saved probe to a study of the same model.",
        footer = {"", "Save a probe with patchlens probe DIR --target COLUMN --save NAME."})
final class PredictCommand implements Command {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The study whose images are predicted.")
    private Path folder;

    @Option(names = "--probe", required = true, paramLabel = "NAME", description = "The name of the saved probe.")
    private String probe;

    @Option(names = "--from", paramLabel = "DIR", description = "The study that keeps the probe (default: DIR itself).")
    private Optional<Path> from;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the predictions as CSV.")
    private Optional<Path> csv;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PredictCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        ResultName name = new ResultName(Probe.ANALYSIS.name(), probe);
        TerminalProgress.Work work = new TerminalProgress.Work("predict", "images", "Nothing was written.");
        try (Study study = Study.open(folder)) {
            // whoever names another study is told if it is none
            from.map(Study::open).ifPresent(Study::close);
            SavedProbe saved = SavedProbe.read(new ResultStore(from.orElse(folder)).get(name));
            ProbePrediction prediction;
            try (WorkSession session = new WorkSession(terminal, work)) {
                prediction = ProbePrediction.of(study, saved, session);
            }
            csv.map(file -> FigureFiles.writeCsv(file, List.of(prediction.table())))
                    .ifPresent(files -> files.forEach(file -> terminal.err().println("wrote " + file)));
            prediction.warnings().forEach(terminal.err()::println);
            terminal.out().print(json ? ResultJson.text(prediction) : TableText.of(prediction.table()));
        }
        return ExitCode.OK;
    }
}
