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
/// @param images files and folders
/// @param model the model's folder
/// @param study the folder to write, new, empty, or one to go on with
/// @param layers which layers are stored
/// @param size of the model's input; without it the size that the model's own preprocessing names
/// @param attention which attention is stored
/// @param dtype of the stored numbers
/// @param metadata a CSV file with a row per image
/// @param metadataKey the column of that file that names the image
/// @param skipErrors whether an image that cannot be read is recorded and left out instead of being an error
/// @param effort how the work is spread over the machine; never changes the result
/// @param intake what is read from image files
/// @param numerics what the model computes with
public record ExtractionOptions(
        List<Path> images,
        Path model,
        Path study,
        LayerSelection layers,
        Optional<Size> size,
        AttentionStorage attention,
        ElementType dtype,
        Optional<Path> metadata,
        Optional<String> metadataKey,
        boolean skipErrors,
        Effort effort,
        Intake intake,
        Numerics numerics) {

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

        /// How many threads work on one run of the model.
        ///
        /// @param batches that are to be computed
        int threadsPerRun(int batches) {
            return switch (parallel) {
                case STREAMS -> 1;
                case SESSION -> threads;
                case AUTO -> batches < threads ? threads : 1;
            };
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

    public ExtractionOptions {
        images = List.copyOf(images);
    }

    /// The last layer of every image below a folder, in half precision, without attention.
    public static ExtractionOptions of(Path images, Path model, Path study) {
        return of(List.of(images), model, study);
    }

    /// The last layer of every image below files and folders, in half precision, without attention.
    public static ExtractionOptions of(List<Path> images, Path model, Path study) {
        return new ExtractionOptions(
                images,
                model,
                study,
                LayerSelection.last(),
                Optional.empty(),
                AttentionStorage.NONE,
                ElementType.F16,
                Optional.empty(),
                Optional.empty(),
                false,
                Effort.ofThisMachine(),
                Intake.DEFAULT,
                Numerics.DEFAULT);
    }

    /// These options with other layers.
    public ExtractionOptions withLayers(LayerSelection newLayers) {
        return new ExtractionOptions(
                images,
                model,
                study,
                newLayers,
                size,
                attention,
                dtype,
                metadata,
                metadataKey,
                skipErrors,
                effort,
                intake,
                numerics);
    }

    /// These options with another input size.
    public ExtractionOptions withSize(Size newSize) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                Optional.of(newSize),
                attention,
                dtype,
                metadata,
                metadataKey,
                skipErrors,
                effort,
                intake,
                numerics);
    }

    /// These options with other attention.
    public ExtractionOptions withAttention(AttentionStorage newAttention) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                size,
                newAttention,
                dtype,
                metadata,
                metadataKey,
                skipErrors,
                effort,
                intake,
                numerics);
    }

    /// These options with numbers of another precision.
    public ExtractionOptions withDtype(ElementType newDtype) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                size,
                attention,
                newDtype,
                metadata,
                metadataKey,
                skipErrors,
                effort,
                intake,
                numerics);
    }

    /// These options with metadata.
    ///
    /// @param file a CSV file with a row per image
    /// @param key the column that names the image; without it the first that is called like a file
    public ExtractionOptions withMetadata(Path file, Optional<String> key) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                size,
                attention,
                dtype,
                Optional.of(file),
                key,
                skipErrors,
                effort,
                intake,
                numerics);
    }

    /// These options, with unreadable images left out or not.
    public ExtractionOptions withSkipErrors(boolean newSkipErrors) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                size,
                attention,
                dtype,
                metadata,
                metadataKey,
                newSkipErrors,
                effort,
                intake,
                numerics);
    }

    /// These options with another spread over the machine.
    public ExtractionOptions withEffort(Effort newEffort) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                size,
                attention,
                dtype,
                metadata,
                metadataKey,
                skipErrors,
                newEffort,
                intake,
                numerics);
    }

    /// These options with another way of reading image files.
    public ExtractionOptions withIntake(Intake newIntake) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                size,
                attention,
                dtype,
                metadata,
                metadataKey,
                skipErrors,
                effort,
                newIntake,
                numerics);
    }

    /// These options with other numbers to compute with.
    public ExtractionOptions withNumerics(Numerics newNumerics) {
        return new ExtractionOptions(
                images,
                model,
                study,
                layers,
                size,
                attention,
                dtype,
                metadata,
                metadataKey,
                skipErrors,
                effort,
                intake,
                newNumerics);
    }
}
