package org.patchlens.extract;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.patchlens.embedding.ElementType;
import org.patchlens.preprocess.Size;
import org.patchlens.study.AttentionStorage;

/// What is extracted from which images, and how.
///
/// @param sources what is read
/// @param model the model's folder, or its ONNX file
/// @param study the folder to write, new, empty, or one to go on with
/// @param stored what is kept of every image
/// @param effort how the work is spread over the machine; never changes the result
/// @param intake what is read from image files
/// @param numerics what the model computes with
public record ExtractionOptions(
        Sources sources, Path model, Path study, Stored stored, Effort effort, Intake intake, Numerics numerics) {

    /// What is read.
    ///
    /// @param images files and folders
    /// @param metadata a CSV file with a row per image
    /// @param metadataKey the column of that file that names the image; without it the first called like a file
    /// @param skipErrors whether an image that cannot be read is recorded and left out instead of being an error
    public record Sources(
            List<Path> images, Optional<Path> metadata, Optional<String> metadataKey, boolean skipErrors) {
        public Sources {
            images = List.copyOf(images);
        }

        /// Images without metadata, all of which can be read.
        public static Sources of(List<Path> images) {
            return new Sources(images, Optional.empty(), Optional.empty(), false);
        }
    }

    /// What is kept of every image.
    ///
    /// @param layers which layers are stored
    /// @param size of the model's input; without it the size that the model's own preprocessing names
    /// @param attention which attention is stored
    /// @param dtype of the stored numbers
    public record Stored(LayerSelection layers, Optional<Size> size, AttentionStorage attention, ElementType dtype) {
        /// The last layer at the model's own size, in half precision, without attention.
        public static final Stored DEFAULT =
                new Stored(LayerSelection.last(), Optional.empty(), AttentionStorage.NONE, ElementType.F16);

        /// What decides what is in the study, as one line for provenance.
        String canonicalText() {
            return "layers " + layers + ", attention " + attention + ", dtype " + dtype;
        }
    }

    /// How the work is spread over the machine.
    ///
    /// @param threads that run the model at the same time, at least 1
    /// @param batch images per run of the model, at least 1; without it a number chosen by measurement
    /// @param parallel how threads share the work
    public record Effort(int threads, OptionalInt batch, Parallel parallel) {
        /// All processors.
        public static Effort ofThisMachine() {
            return new Effort(Runtime.getRuntime().availableProcessors(), OptionalInt.empty());
        }

        /// Threads that share the work as measurements say.
        public Effort(int threads, OptionalInt batch) {
            this(threads, batch, Parallel.AUTO);
        }

        public Effort {
            if (threads < 1 || threads > 1024) {
                throw new IllegalArgumentException(threads + " threads; 1 to 1024");
            }
            if (batch.isPresent() && (batch.getAsInt() < 1 || batch.getAsInt() > 1024)) {
                throw new IllegalArgumentException("a batch of " + batch.getAsInt() + "; 1 to 1024");
            }
        }
    }

    /// The last layer of every image below a folder, in half precision, without attention.
    public static ExtractionOptions of(Path images, Path model, Path study) {
        return of(List.of(images), model, study);
    }

    /// The last layer of every image below files and folders, in half precision, without attention.
    public static ExtractionOptions of(List<Path> images, Path model, Path study) {
        return new ExtractionOptions(
                Sources.of(images),
                model,
                study,
                Stored.DEFAULT,
                Effort.ofThisMachine(),
                Intake.DEFAULT,
                Numerics.DEFAULT);
    }

    /// These options with other layers.
    public ExtractionOptions withLayers(LayerSelection layers) {
        return withStored(new Stored(layers, stored.size, stored.attention, stored.dtype));
    }

    /// These options with another input size.
    public ExtractionOptions withSize(Size size) {
        return withStored(new Stored(stored.layers, Optional.of(size), stored.attention, stored.dtype));
    }

    /// These options with other attention.
    public ExtractionOptions withAttention(AttentionStorage attention) {
        return withStored(new Stored(stored.layers, stored.size, attention, stored.dtype));
    }

    /// These options with numbers of another precision.
    public ExtractionOptions withDtype(ElementType dtype) {
        return withStored(new Stored(stored.layers, stored.size, stored.attention, dtype));
    }

    /// These options with metadata.
    ///
    /// @param file a CSV file with a row per image
    /// @param key the column that names the image; without it the first that is called like a file
    public ExtractionOptions withMetadata(Path file, Optional<String> key) {
        return withSources(new Sources(sources.images, Optional.of(file), key, sources.skipErrors));
    }

    /// These options, with unreadable images left out or not.
    public ExtractionOptions withSkipErrors(boolean skipErrors) {
        return withSources(new Sources(sources.images, sources.metadata, sources.metadataKey, skipErrors));
    }

    private ExtractionOptions withSources(Sources newSources) {
        return new ExtractionOptions(newSources, model, study, stored, effort, intake, numerics);
    }

    private ExtractionOptions withStored(Stored newStored) {
        return new ExtractionOptions(sources, model, study, newStored, effort, intake, numerics);
    }

    /// These options with another spread over the machine.
    public ExtractionOptions withEffort(Effort newEffort) {
        return new ExtractionOptions(sources, model, study, stored, newEffort, intake, numerics);
    }

    /// These options with another way of reading image files.
    public ExtractionOptions withIntake(Intake newIntake) {
        return new ExtractionOptions(sources, model, study, stored, effort, newIntake, numerics);
    }

    /// These options with other numbers to compute with.
    public ExtractionOptions withNumerics(Numerics newNumerics) {
        return new ExtractionOptions(sources, model, study, stored, effort, intake, newNumerics);
    }
}
