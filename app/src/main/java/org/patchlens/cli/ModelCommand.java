package org.patchlens.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.patchlens.analysis.ResultJson;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.model.ModelInspection;
import org.patchlens.model.VitModel;
import org.patchlens.preprocess.Preprocessing;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `patchlens model`: the commands about models.
@CommandLine.Command(name = "model", description = "Look at models.", synopsisSubcommandLabel = "COMMAND")
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

    /// `patchlens model inspect`: what a model's folder holds.
    @CommandLine.Command(
            name = "inspect",
            description = "Show family, layers, heads, grid, parameters, preprocessing and checksum.")
    static final class Inspect implements Command {
        private final Terminal terminal;

        @Parameters(paramLabel = "FOLDER", description = "A Hugging Face folder.")
        private Path folder;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        /// What is told of a model.
        ///
        /// @param model as studies know it
        /// @param gridRows H at the trained size
        /// @param gridColumns W at the trained size
        /// @param tokens T at the trained size
        /// @param preprocessing in words
        /// @param files that hold the weights
        /// @param fileBytes their lengths together
        /// @param ignoredTensors tensors that the encoder does not need
        record ModelReport(
                ModelDescription model,
                int gridRows,
                int gridColumns,
                int tokens,
                String preprocessing,
                List<String> files,
                long fileBytes,
                List<String> ignoredTensors) {}

        Inspect(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public ExitCode run() {
            try (VitModel model = VitModel.load(folder)) {
                ModelReport report = report(model.inspection());
                terminal.out().print(json ? ResultJson.text(report) : text(report));
                return ExitCode.OK;
            }
        }

        private ModelReport report(ModelInspection inspection) {
            return new ModelReport(
                    inspection.description(),
                    inspection.grid().rows(),
                    inspection.grid().columns(),
                    inspection.tokens(),
                    Preprocessing.read(folder).describe(),
                    inspection.files().stream().map(Path::toString).toList(),
                    inspection.fileBytes(),
                    inspection.ignoredTensors());
        }

        private static String text(ModelReport report) {
            ModelDescription model = report.model();
            return new Fields()
                    .add("model", model.name())
                    .add("family", model.family())
                    .add("layers", model.layers())
                    .add("heads", model.heads())
                    .add("dimensions", model.dimensions())
                    .add("patch size", model.patchSize())
                    .add("trained size", model.trainedSize())
                    .add(
                            "tokens",
                            report.tokens() + " (grid of " + report.gridRows() + " x " + report.gridColumns()
                                    + " patches)")
                    .add("parameters", String.format(Locale.ROOT, "%,d", model.parameters()))
                    .add("dtype", model.dtype())
                    .add("preprocessing", report.preprocessing())
                    .add("weights", ByteSize.of(report.fileBytes()) + " in " + String.join(", ", report.files()))
                    .add(
                            "not used",
                            report.ignoredTensors().isEmpty() ? "nothing" : String.join(", ", report.ignoredTensors()))
                    .add("sha256", model.sha256())
                    .text();
        }
    }
}
