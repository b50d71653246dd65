package org.patchlens.model.onnx;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.model.architecture.LearnedPositions;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitWeights;
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
        LearnedPositions learned = vit.positions();
        FloatMatrix stored =
                TensorReader.read(weights.get(TensorRole.POSITION_EMBEDDING), learned.count(), vit.dimensions());
        int special = learned.specialTokens();
        FloatMatrix patches = stored.rows(special, stored.rows());
        FloatMatrix start = FloatMatrix.zeros(vit.layout().tokens(grid), vit.dimensions());
        start.rows(0, special).copyFrom(stored.rows(0, special));
        start.rows(vit.layout().firstPatch(), start.rows())
                .copyFrom(
                        grid.equals(learned.grid())
                                ? patches
                                : BicubicInterpolation.resize(patches, learned.grid(), grid));
        FloatMatrix cls = TensorReader.read(weights.get(TensorRole.CLS_TOKEN), 1, vit.dimensions());
        int row = vit.layout().cls().orElseThrow();
        for (int i = 0; i < vit.dimensions(); i++) {
            start.set(row, i, start.get(row, i) + cls.get(0, i));
        }
        return start;
    }
}
