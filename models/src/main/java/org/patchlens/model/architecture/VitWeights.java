package org.patchlens.model.architecture;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.patchlens.model.safetensors.StoredTensor;

/// The tensor of every role that an architecture has.
///
/// @param tensors one tensor per role of the model, L tensors per role of the blocks
public record VitWeights(Map<TensorRole, List<StoredTensor>> tensors) {
    public VitWeights {
        tensors = Map.copyOf(tensors);
    }

    /// The tensor of a role that occurs once.
    ///
    /// @throws NullPointerException if the architecture has no such role
    public StoredTensor get(TensorRole role) {
        return get(role, 1);
    }

    /// The tensor of a role in one block.
    ///
    /// @param block 1 to L
    /// @throws NullPointerException if the architecture has no such role
    public StoredTensor get(TensorRole role, int block) {
        return Objects.requireNonNull(tensors.get(role), role.name()).get(block - 1);
    }

    /// The real folder of the files that hold the tensors; [org.patchlens.model.safetensors.Checkpoint] sees to it
    /// that it is one.
    public Path folder() {
        return Objects.requireNonNull(all().findAny().orElseThrow().file().getParent());
    }

    /// Every tensor once.
    public Stream<StoredTensor> all() {
        return tensors.values().stream().flatMap(Collection::stream);
    }

    /// How many numbers the encoder consists of.
    public long parameters() {
        return all().mapToLong(StoredTensor::elements).sum();
    }
}
