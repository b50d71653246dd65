package org.patchlens.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.Computation;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.VitRequest;
import org.patchlens.model.family.ModelConfig;
import org.patchlens.model.family.ModelFamilies;
import org.patchlens.model.safetensors.WeightFiles;

/// A Vision Transformer that turns pictures into tokens and attention, wherever its weights come from.
public sealed interface ImageEncoder extends AutoCloseable permits VitModel, OnnxVitModel {
    /// Reads a folder of the Hugging Face kind, or an ONNX file.
    ///
    /// @throws PatchlensException if it holds no plain Vision Transformer, or a damaged one
    static ImageEncoder load(Path path) {
        boolean isFile = Files.isRegularFile(path) || path.toString().endsWith(".onnx");
        return isFile ? OnnxVitModel.load(path) : VitModel.load(path);
    }

    /// The family of a model that is not loaded, read from its configuration alone.
    ///
    /// @return empty if it is no plain Vision Transformer
    static Optional<String> findFamily(Path path) {
        if (Files.isRegularFile(path)) {
            return Optional.of(OnnxVitModel.FAMILY);
        }
        try {
            return Optional.of(ModelFamilies.get(ModelConfig.read(path)).modelType());
        } catch (PatchlensException e) {
            return Optional.empty(); // of another kind, or damaged
        }
    }

    /// What a model consists of, for people.
    ///
    /// @param readable what can be read of it: `tokens of 12 layers, attention of 12`
    /// @param files that hold the weights, links resolved
    /// @param ignoredTensors the names of tensors that the encoder does not need, such as those of a classifier
    record Contents(String readable, List<Path> files, List<String> ignoredTensors) {
        public Contents {
            files = List.copyOf(files);
            ignoredTensors = List.copyOf(ignoredTensors);
        }

        /// The lengths of the files together.
        public long fileBytes() {
            return WeightFiles.bytes(files);
        }
    }

    /// What studies keep of the model.
    ModelDescription description();

    /// What the model consists of, for people.
    Contents contents();

    /// The grid of patches over an input of the size that the model was trained or exported for.
    PatchGrid grid();

    /// The special tokens of its sequence.
    TokenLayout layout();

    /// The grid of patches over an input.
    ///
    /// @param inputHeight in pixels
    /// @param inputWidth in pixels
    /// @throws PatchlensException if the model does not take such an input
    PatchGrid grid(int inputHeight, int inputWidth);

    /// What the weights of a session take in memory, in bytes; smaller floats become 32-bit floats when they are
    /// loaded.
    default long weightBytes(Precision precision) {
        boolean bytes = precision == Precision.INT8
                || List.of("I8", "U8").contains(description().dtype());
        return description().parameters() * (bytes ? Byte.BYTES : Float.BYTES);
    }

    /// What one image takes while it is computed, in bytes, as an upper estimate.
    ///
    /// @throws PatchlensException if the model does not take such an input
    long bytesPerImage(VitRequest request);

    /// Makes ready to compute, in 32-bit floats on one thread. Costs a second and the memory of the weights; keep
    /// the session.
    ///
    /// @throws PatchlensException if the model cannot return what is asked for, or if it does not fit into memory
    default VitSession open(VitRequest request) {
        return open(request, Computation.PLAIN);
    }

    /// The same with other numbers, on another device or with more threads in a run.
    ///
    /// @throws PatchlensException if the model cannot return what is asked for or cannot be computed so, if the
    ///     device is not there, or if the model does not fit into memory
    VitSession open(VitRequest request, Computation computation);

    /// Ends all sessions.
    @Override
    void close();
}
