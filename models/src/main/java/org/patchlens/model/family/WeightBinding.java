package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchlens.PatchlensException;
import org.patchlens.model.architecture.TensorRole;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.architecture.VitWeights;
import org.patchlens.model.safetensors.Checkpoint;
import org.patchlens.model.safetensors.StoredTensor;

/// Which tensor of a checkpoint plays which role.
///
/// @param weights of the encoder, types and shapes checked against the architecture
/// @param ignored the names of the tensors that the encoder does not need, such as those of a classifier
public record WeightBinding(VitWeights weights, List<String> ignored) {
    public WeightBinding {
        ignored = List.copyOf(ignored);
    }

    /// Finds the tensor of every role.
    ///
    /// @param folder of the model, for messages
    /// @throws PatchlensException if a tensor is missing or is not what the configuration says, or if there are
    ///     tensors
    ///     inside the blocks that the architecture has no place for
    public static WeightBinding of(
            ModelFamily family, VitArchitecture architecture, Checkpoint checkpoint, Path folder) {
        for (TensorNames names : family.names()) {
            for (String prefix : family.prefixes()) {
                String probe = prefix + names.name(TensorRole.PATCH_WEIGHT, 1);
                String blockProbe = prefix + names.name(TensorRole.QUERY_WEIGHT, 1);
                if (checkpoint.find(probe).isPresent()
                        && checkpoint.find(blockProbe).isPresent()) {
                    return new Search(names, prefix, architecture, checkpoint, folder).bind();
                }
            }
        }
        TensorNames usual = family.names().getFirst();
        throw PatchlensException.badData(
                folder.toString(),
                "the tensors are not named like those of a " + family.modelType() + " model; expected is "
                        + usual.name(TensorRole.PATCH_WEIGHT, 1) + " beside "
                        + usual.name(TensorRole.QUERY_WEIGHT, 1) + ", found "
                        + checkpoint.tensors().keySet().stream()
                                .sorted()
                                .limit(3)
                                .toList(),
                "");
    }

    private record Search(
            TensorNames names, String prefix, VitArchitecture architecture, Checkpoint checkpoint, Path folder) {
        WeightBinding bind() {
            Map<TensorRole, List<StoredTensor>> tensors = new EnumMap<>(TensorRole.class);
            Set<String> used = new HashSet<>();
            for (TensorRole role : TensorRole.values()) {
                if (architecture.has(role)) {
                    List<StoredTensor> found = find(role);
                    found.forEach(tensor -> used.add(tensor.name()));
                    tensors.put(role, found);
                }
            }
            List<String> ignored = checkpoint.tensors().keySet().stream()
                    .filter(name -> !used.contains(name))
                    .sorted()
                    .toList();
            refuseUnknownParts(ignored);
            return new WeightBinding(new VitWeights(tensors), ignored);
        }

        private List<StoredTensor> find(TensorRole role) {
            int count = role.scope() == TensorRole.Scope.BLOCK ? architecture.layers() : 1;
            List<Long> shape = role.shape(architecture);
            List<StoredTensor> found = new ArrayList<>();
            for (int block = 1; block <= count; block++) {
                found.add(find(prefix + names.name(role, block), shape));
            }
            return found;
        }

        private StoredTensor find(String name, List<Long> shape) {
            StoredTensor tensor = checkpoint
                    .find(name)
                    .orElseThrow(() -> refused(
                            "the tensor " + name + " of shape " + shape + " is missing, which config.json asks for"));
            if (!tensor.shape().equals(shape)) {
                throw refused(
                        "the tensor " + name + " has shape " + tensor.shape() + "; config.json asks for " + shape);
            }
            if (!tensor.type().isComputable()) {
                throw refused("the tensor " + name + " has the type " + tensor.type()
                        + "; F32, F16 and BF16 can be computed with");
            }
            return tensor;
        }

        /// A tensor inside a block that nobody knows would change every result if it were left out.
        private void refuseUnknownParts(List<String> ignored) {
            String blocks = prefix + names.blockPrefix();
            for (String name : ignored) {
                if (name.startsWith(blocks)) {
                    throw refused("there is no place for the tensor " + name + " in " + architecture.layers()
                            + " blocks of a " + architecture.family() + " model with this config.json");
                }
            }
        }

        private PatchlensException refused(String problem) {
            return PatchlensException.badData(folder.toString(), problem, "");
        }
    }
}
