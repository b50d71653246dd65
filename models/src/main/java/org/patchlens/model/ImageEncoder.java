package org.patchlens.model;

import java.nio.file.Files;
import java.nio.file.Path;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.model.architecture.VitRequest;

/// A Vision Transformer that turns pictures into tokens and attention, wherever its weights come from.
public sealed interface ImageEncoder extends AutoCloseable permits VitModel, OnnxVitModel {
    /// Reads a folder of the Hugging Face kind, or an ONNX file.
    ///
    /// @throws PatchlensException if it holds no plain Vision Transformer, or a damaged one
    static ImageEncoder load(Path path) {
        boolean isFile = Files.isRegularFile(path) || path.toString().endsWith(".onnx");
        return isFile ? OnnxVitModel.load(path) : VitModel.load(path);
    }

    /// What studies keep of the model.
    ModelDescription description();

    /// The special tokens of its sequence.
    TokenLayout layout();

    /// The grid of patches over an input.
    ///
    /// @param inputHeight in pixels
    /// @param inputWidth in pixels
    /// @throws PatchlensException if the model does not take such an input
    PatchGrid grid(int inputHeight, int inputWidth);

    /// Makes ready to compute. Costs a second and the memory of the weights; keep the session.
    ///
    /// @throws PatchlensException if the model cannot return what is asked for, or if it does not fit into memory
    VitSession open(VitRequest request);

    /// Ends all sessions.
    @Override
    void close();
}
