package org.patchlens.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.ResultJson;
import org.patchlens.embedding.ElementType;
import org.patchlens.extract.Extraction;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.ExtractionReport;
import org.patchlens.extract.LayerSelection;
import org.patchlens.model.bundled.BundledModel;
import org.patchlens.preprocess.Size;
import org.patchlens.study.AttentionStorage;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens extract`: from images and a model to a study.
@CommandLine.Command(
        name = "extract",
        description = "Extract patch embeddings and attention from images into a study.",
        footer = {"", "Stopped half-way, the same command goes on where it was."})
final class ExtractCommand implements Command {
    private static final int LARGEST_SIZE = 65536;

    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGES",
            description = "Images, and folders that are searched for images.")
    private List<Path> images;

    @Option(
            names = "--study",
            required = true,
            paramLabel = "DIR",
            description = "The study to write or to go on with.")
    private Path study;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = BundledModel.NAME,
            description = "A Hugging Face folder (config.json, preprocessor_config.json, model.safetensors), an ONNX"
                    + " file, or owner/name of a model on a hub (default: " + BundledModel.NAME
                    + ", which comes along).")
    private String model;

    @Option(
            names = "--random-weights",
            paramLabel = "SEED",
            description = "Extract with an untrained model of the same architecture: a baseline for probes.")
    private Optional<Long> randomWeights;

    @Option(
            names = "--layers",
            paramLabel = "last|all|0,6,9-12",
            defaultValue = "last",
            description =
                    "Layers to store: 0 is after the position embedding, last after the final norm (default: last).")
    private String layers;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Side of the preprocessed image; other than the trained size, the position embedding is"
                    + " interpolated (default: the model's own).")
    private Optional<Integer> size;

    @Option(
            names = "--attention",
            paramLabel = "cls|none",
            defaultValue = "none",
            description = "Store what CLS attends to in every layer and head, and the rollout (default: none).")
    private AttentionStorage attention;

    @Option(
            names = "--dtype",
            paramLabel = "f16|f32",
            defaultValue = "f16",
            description = "Precision of the stored numbers (default: f16).")
    private ElementType dtype;

    @Option(
            names = "--metadata",
            paramLabel = "FILE",
            description = "A CSV file with a row per image: labels, patients.")
    private Optional<Path> metadata;

    @Option(
            names = "--metadata-key",
            paramLabel = "COLUMN",
            description = "The column that names the image (default: the first called file, image, path, name or id).")
    private Optional<String> metadataKey;

    @Option(names = "--skip-errors", description = "Leave out images that cannot be read, and record why.")
    private boolean skipErrors;

    @Mixin
    private ComputeFlags compute = new ComputeFlags();

    @Mixin
    private IntakeFlags intake = new IntakeFlags();

    @Option(names = "--json", description = "Print what was done as JSON.")
    private boolean json;

    ExtractCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        TerminalProgress.Work work =
                new TerminalProgress.Work("extract", "images", "Run the same command again to go on.");
        ExtractionReport report;
        try (RandomModel used = RandomModel.of(new ModelArgument(terminal).path(model), randomWeights);
                WorkSession session = new WorkSession(terminal, work)) {
            report = Extraction.run(options(used.folder()), session);
        }
        ExtractionText.explain(report, skipErrors, terminal.err());
        terminal.out().print(json ? ResultJson.text(report) : ExtractionText.summary(report, study));
        return report.failures().isEmpty() || skipErrors ? ExitCode.OK : ExitCode.BAD_DATA;
    }

    private ExtractionOptions options(Path folder) {
        Optional<Size> square = size.map(side -> withinLargest(side)).map(side -> new Size(side, side));
        return new ExtractionOptions(
                new ExtractionOptions.Sources(images, metadata, metadataKey, skipErrors),
                folder,
                study,
                new ExtractionOptions.Stored(LayerSelection.parse(layers), square, attention, dtype),
                compute.effort(),
                intake.intake(),
                compute.numerics());
    }

    private static int withinLargest(int side) {
        if (side < 1 || side > LARGEST_SIZE) {
            throw PatchlensException.usage("--size " + side, "1 to " + LARGEST_SIZE + " is expected", "");
        }
        return side;
    }
}
