package org.patchlens.model.onnx;

import java.util.List;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.model.architecture.Positions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitWeights;
import org.patchlens.model.onnx.WindowInterpolation.Kernel;
import org.patchlens.model.safetensors.TensorReader;
import org.patchlens.tensor.FloatMatrix;

/// What is added to the sequence of patches before the first block: the special tokens with their positions in the
/// first rows, the positions of the patches in the others.
public final class SequenceStart {
    private SequenceStart() {}

    /// Reads it, and interpolates positions if the grid is not the trained one.
    ///
    /// @return `float[T][D]`
    public static FloatMatrix of(VitArchitecture vit, VitWeights weights, PatchGrid grid) {
        FloatMatrix start = FloatMatrix.zeros(vit.layout().tokens(grid), vit.dimensions());
        switch (vit.positions()) {
            case Positions.Learned learned -> place(learned, vit, weights, grid, start);
            case Positions.Rotary _, Positions.RelativeAlone _ -> {}
        }
        List<SpecialToken> prefix = vit.layout().prefix();
        int registers = 0;
        for (int row = 0; row < prefix.size(); row++) {
            switch (prefix.get(row)) {
                case CLS -> add(read(vit, weights, TensorRole.CLS_TOKEN, 1), 0, start, row);
                case DISTILLATION -> add(read(vit, weights, TensorRole.DISTILLATION_TOKEN, 1), 0, start, row);
                case REGISTER -> {
                    int count = vit.layout().registers();
                    add(read(vit, weights, TensorRole.REGISTER_TOKENS, count), registers, start, row);
                    registers++;
                }
            }
        }
        return start;
    }

    private static void place(
            Positions.Learned learned, VitArchitecture vit, VitWeights weights, PatchGrid grid, FloatMatrix start) {
        FloatMatrix stored = read(vit, weights, TensorRole.POSITION_EMBEDDING, learned.count());
        int special = learned.specialTokens();
        if (special > 0) {
            start.rows(0, special).copyFrom(stored.rows(0, special));
        }
        start.rows(vit.layout().firstPatch(), start.rows())
                .copyFrom(fitted(stored.rows(special, stored.rows()), learned, grid));
    }

    private static FloatMatrix fitted(FloatMatrix patches, Positions.Learned learned, PatchGrid grid) {
        if (grid.equals(learned.grid())) {
            return patches;
        }
        return switch (learned.interpolation()) {
            case BICUBIC -> BicubicInterpolation.resize(patches, learned.grid(), grid);
            case BICUBIC_ANTIALIASED -> resized(patches, learned, grid, Kernel.CUBIC_ANTIALIASED);
            case BILINEAR_ANTIALIASED -> resized(patches, learned, grid, Kernel.LINEAR_ANTIALIASED);
        };
    }

    private static FloatMatrix resized(FloatMatrix patches, Positions.Learned learned, PatchGrid grid, Kernel kernel) {
        return new WindowInterpolation(kernel).resize(patches, learned.grid(), grid);
    }

    private static FloatMatrix read(VitArchitecture vit, VitWeights weights, TensorRole role, int rows) {
        return TensorReader.read(weights.get(role), rows, vit.dimensions());
    }

    private static void add(FloatMatrix tokens, int token, FloatMatrix start, int row) {
        for (int i = 0; i < start.columns(); i++) {
            start.set(row, i, start.get(row, i) + tokens.get(token, i));
        }
    }
}
