package org.patchlens.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.patchlens.analysis.ResultJson;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.extract.ModelPreprocessing;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.bundled.BundledModel;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens model inspect`: what a model holds.
@CommandLine.Command(
        name = "inspect",
        description = "Show family, layers, heads, grid, parameters, preprocessing and checksum.")
final class ModelInspectCommand implements Command {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "MODEL",
            description = "A Hugging Face folder, an ONNX file, owner/name of a model on a hub, or " + BundledModel.NAME
                    + ".")
    private String model;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /// What is told of a model.
    ///
    /// @param model as studies know it
    /// @param gridRows H at the trained size
    /// @param gridColumns W at the trained size
    /// @param tokens T at the trained size
    /// @param specialTokens in the order of the sequence
    /// @param readable what can be read of it, in words
    /// @param preprocessing in words
    /// @param files that hold the weights, links resolved
    /// @param fileBytes their lengths together
    /// @param ignoredTensors tensors that the encoder does not need
    record ModelReport(
            ModelDescription model,
            int gridRows,
            int gridColumns,
            int tokens,
            List<String> specialTokens,
            String readable,
            String preprocessing,
            List<String> files,
            long fileBytes,
            List<String> ignoredTensors) {}

    ModelInspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        Path path = new ModelArgument(terminal).path(model);
        try (ImageEncoder encoder = ImageEncoder.load(path)) {
            ModelPreprocessing named = ModelPreprocessing.of(path, encoder);
            named.assumption().ifPresent(terminal.err()::println);
            ModelReport report = report(encoder, named);
            terminal.out().print(json ? ResultJson.text(report) : text(report));
            return ExitCode.OK;
        }
    }

    private static ModelReport report(ImageEncoder encoder, ModelPreprocessing named) {
        ImageEncoder.Contents contents = encoder.contents();
        PatchGrid grid = encoder.grid();
        TokenLayout layout = encoder.layout();
        return new ModelReport(
                encoder.description(),
                grid.rows(),
                grid.columns(),
                layout.tokens(grid),
                layout.prefix().stream()
                        .map(token -> token.name().toLowerCase(Locale.ROOT))
                        .toList(),
                contents.readable(),
                named.preprocessing().describe(),
                contents.files().stream().map(Path::toString).toList(),
                contents.fileBytes(),
                contents.ignoredTensors());
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
                .add("tokens", tokens(report))
                .add("readable", report.readable())
                .add("parameters", String.format(Locale.ROOT, "%,d", model.parameters()))
                .add("dtype", model.dtype())
                .add("preprocessing", report.preprocessing())
                .add("weights", ByteSize.of(report.fileBytes()) + " in " + String.join(", ", report.files()))
                .add("not used", orNothing(report.ignoredTensors()))
                .add("sha256", model.sha256())
                .text();
    }

    private static String tokens(ModelReport report) {
        return report.tokens() + " (" + orNothing(report.specialTokens()) + " before a grid of " + report.gridRows()
                + " x " + report.gridColumns() + " patches)";
    }

    private static String orNothing(List<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }
}
