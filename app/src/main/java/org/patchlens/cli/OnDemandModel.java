package org.patchlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.embedding.ElementType;
import org.patchlens.extract.Extraction;
import org.patchlens.extract.ExtractionOptions;
import org.patchlens.extract.Intake;
import org.patchlens.extract.LayerSelection;
import org.patchlens.extract.Numerics;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SliceSelection;
import org.patchlens.model.ImageEncoder;
import org.patchlens.preprocess.Size;
import org.patchlens.preprocess.WindowChoice;
import org.patchlens.rerun.ModelAttention;
import org.patchlens.rerun.ModelSearch;
import org.patchlens.study.AttentionStorage;
import org.patchlens.study.Study;
import picocli.CommandLine.Option;

/// The flags of commands that may run the model: to compute what a study does not store, and to look at an image
/// that is in no study. Such an image is extracted into a study for the time of the command.
final class OnDemandModel implements AutoCloseable {
    private final Terminal terminal;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "The model, for what the study does not store or for an image: a folder, a file, or"
                    + " owner/name (default: searched by the name in the study, and proved by its checksum).")
    private Optional<String> model;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "For an image: side of the preprocessed image (default: the model's own).")
    private Optional<Integer> size;

    @Option(
            names = "--window",
            paramLabel = "NAME|C/W",
            defaultValue = "default",
            description = "For an image: values shown as black to white, as in extract (default: lung for Hounsfield"
                    + " units, else auto).")
    private String window;

    @Option(
            names = "--slices",
            paramLabel = "all|every:N|middle|range:a-b",
            defaultValue = "middle",
            description = "For a volume: slices that are looked at (default: middle).")
    private String slices;

    private @Nullable Path temporary;
    private @Nullable ModelAttention opened;

    OnDemandModel(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Opens a study, or makes one of an image.
    Study study(Path given) {
        return Files.isRegularFile(given) ? Study.open(extracted(given)) : Study.open(given);
    }

    private Path extracted(Path image) {
        if (model.isEmpty()) {
            throw PatchlensException.usage(
                    image.toString(), "is a file and no study; as an image it needs a model", "Give --model FOLDER");
        }
        Path path = new ModelArgument(terminal).path(model.get());
        Path folder = temporaryFolder().resolve("study");
        TerminalProgress.Work work = new TerminalProgress.Work("extract", "images", "Run the same command again.");
        try (WorkSession session = new WorkSession(terminal, work)) {
            Extraction.run(options(image, path, folder), session);
        }
        return folder;
    }

    private ExtractionOptions options(Path image, Path path, Path folder) {
        Intake intake = Intake.DEFAULT
                .withWindow(WindowChoice.parse(window))
                .withSlices(SliceOptions.DEFAULT.withSelection(SliceSelection.parse(slices)));
        Optional<Size> square = size.map(side -> new Size(side, side));
        return new ExtractionOptions(
                ExtractionOptions.Sources.of(List.of(image)),
                path,
                folder,
                new ExtractionOptions.Stored(new LayerSelection.All(), square, attention(path), ElementType.F32),
                ExtractionOptions.Effort.ofThisMachine(),
                intake,
                Numerics.DEFAULT);
    }

    private static AttentionStorage attention(Path path) {
        try (ImageEncoder encoder = ImageEncoder.load(path)) {
            return encoder.layout().cls().isPresent() ? AttentionStorage.CLS : AttentionStorage.NONE;
        }
    }

    /// The attention of a study that its model computes; the model is searched and loaded when it is first needed.
    AttentionSource source(Study study) {
        return (images, blocks, reader) -> {
            ModelAttention attention = opened;
            if (attention == null) {
                Path path = model.map(text -> new ModelArgument(terminal).path(text))
                        .orElseGet(() -> ModelSearch.around(study, terminal.environment())
                                .find(study.manifest().model()));
                attention = ModelAttention.open(study, path);
                opened = attention;
            }
            attention.read(images, blocks, reader);
        };
    }

    private Path temporaryFolder() {
        try {
            temporary = Files.createTempDirectory("patchlens-");
            return temporary;
        } catch (IOException e) {
            throw PatchlensException.badData("temporary folder", "cannot be made: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    /// Frees the model and removes what was made for the time of the command.
    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
        if (temporary == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw PatchlensException.badData(temporary.toString(), "cannot be removed: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }
}
