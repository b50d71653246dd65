package org.patchlens.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchlens.analysis.ResultJson;
import org.patchlens.embedding.Layer;
import org.patchlens.study.Study;
import org.patchlens.study.StudyExport;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens export`: a study's embeddings and images as files for other programs.
@CommandLine.Command(name = "export", description = "Write embeddings and the table of images as npy, CSV or Parquet.")
final class ExportCommand implements Command {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The study.")
    private Path folder;

    @Option(names = "--format", required = true, paramLabel = "npy|csv|parquet", description = "The files to write.")
    private StudyExport.Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where to write; by default beside the study, DIR-export.")
    private Optional<Path> output;

    @Option(
            names = "--tokens",
            paramLabel = "all|patches|cls|mean",
            defaultValue = "patches",
            description = "Tokens of npy arrays; tables hold CLS and mean (default: patches).")
    private StudyExport.Tokens tokens;

    @Option(names = "--layers", paramLabel = "LAYER,...", description = "Layers to write (default: all stored).")
    private Optional<String> layers;

    @Option(names = "--overwrite", description = "Replace files that are there.")
    private boolean overwrite;

    @Option(names = "--json", description = "Print the written files as JSON.")
    private boolean json;

    /// @param files that were written
    private record Written(List<String> files) {}

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        Path target = output.orElse(Path.of(folder.toAbsolutePath().normalize() + "-export"));
        StudyExport.Options options = new StudyExport.Options(format, tokens, chosenLayers(), overwrite);
        TerminalProgress.Work work =
                new TerminalProgress.Work("export", "images", "Run the same command with --overwrite to start again.");
        try (Study study = Study.open(folder)) {
            List<String> files = write(study, target, options, work).stream()
                    .map(Path::toString)
                    .toList();
            if (json) {
                terminal.out().print(ResultJson.text(new Written(files)));
            } else {
                files.forEach(terminal.out()::println);
            }
            return ExitCode.OK;
        }
    }

    private List<Path> write(Study study, Path target, StudyExport.Options options, TerminalProgress.Work work) {
        int total = study.images().size();
        try (WorkSession session = new WorkSession(terminal, work)) {
            return StudyExport.write(study, target, options, done -> session.report("export", done, total));
        }
    }

    private List<Layer> chosenLayers() {
        return layers.stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(Layer::parse)
                .toList();
    }
}
