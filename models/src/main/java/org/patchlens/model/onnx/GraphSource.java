package org.patchlens.model.onnx;

import java.util.Optional;
import org.patchlens.model.architecture.Precision;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitWeights;
import org.patchlens.model.safetensors.StoredTensor;

/// What a graph is written from.
///
/// @param vit what the model consists of
/// @param weights its tensors
/// @param precision of its linear maps
public record GraphSource(VitArchitecture vit, VitWeights weights, Precision precision) {
    /// The tensor of a role in one block, if the architecture has it.
    ///
    /// @param block 1 to L
    Optional<StoredTensor> find(TensorRole role, int block) {
        return vit.has(role) ? Optional.of(weights.get(role, block)) : Optional.empty();
    }
}
