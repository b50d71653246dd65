package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    ///     tensors inside the blocks that the architecture has no place for
    public static WeightBinding of(
            ModelFamily family, VitArchitecture architecture, Checkpoint checkpoint, Path folder) {
        Optional<Search> best = Optional.empty();
        for (TensorNames names : family.names()) {
            for (String prefix : family.prefixes()) {
                Search search = new Search(names, prefix, architecture, checkpoint, folder);
                if (search.isPossible()
                        && (best.isEmpty() || search.hits() > best.get().hits())) {
                    best = Optional.of(search);
                }
            }
        }
        if (best.isPresent()) {
            return best.get().bind();
        }
        TensorNames usual = family.names().getFirst();
        throw PatchlensException.badData(
                folder.toString(),
                "the tensors are not named like those of a " + family.modelType() + " model; expected is "
                        + usual.get(TensorRole.PATCH_WEIGHT).name(1) + " beside "
                        + usual.get(TensorRole.QUERY_WEIGHT).name(1) + ", found "
                        + checkpoint.tensors().keySet().stream()
                                .sorted()
                                .limit(3)
                                .toList(),
                "");
    }

    private record Search(
            TensorNames names, String prefix, VitArchitecture architecture, Checkpoint checkpoint, Path folder) {
        /// Whether the files hold a patch projection and a first block under these names.
        boolean isPossible() {
            return holds(TensorRole.PATCH_WEIGHT) && holds(TensorRole.QUERY_WEIGHT);
        }

        /// How many tensors of the start and the first block have these names.
        long hits() {
            return architecture.roles().stream().filter(this::holds).count();
        }

        private boolean holds(TensorRole role) {
            return names.find(role)
                    .flatMap(pattern -> checkpoint.find(prefix + pattern.name(1)))
                    .isPresent();
        }

        WeightBinding bind() {
            Set<String> used = new HashSet<>();
            Map<TensorRole, List<StoredTensor>> tensors = new EnumMap<>(TensorRole.class);
            for (TensorRole role : TensorRole.values()) {
                if (architecture.has(role)) {
                    tensors.put(role, find(role, used));
                }
            }
            List<String> ignored = checkpoint.tensors().keySet().stream()
                    .filter(name -> !used.contains(name))
                    .sorted()
                    .toList();
            refuseUnknownParts(ignored);
            return new WeightBinding(new VitWeights(tensors), ignored);
        }

        private List<StoredTensor> find(TensorRole role, Set<String> used) {
            TensorPattern pattern = names.find(role)
                    .orElseThrow(() ->
                            refused("config.json asks for a " + role.name().toLowerCase(Locale.ROOT)
                                    + ", and files that name their tensors like these have none"));
            int count = role.scope() == TensorRole.Scope.BLOCK ? architecture.layers() : 1;
            List<StoredTensor> found = new ArrayList<>();
            for (int block = 1; block <= count; block++) {
                String name = prefix + pattern.name(block);
                found.add(find(name, pattern, role));
                used.add(name);
            }
            return found;
        }

        private StoredTensor find(String name, TensorPattern pattern, TensorRole role) {
            List<Long> shape = role.shape(architecture);
            StoredTensor tensor = checkpoint
                    .find(name)
                    .orElseThrow(() -> refused("the tensor " + name + " of shape " + times(shape, pattern.parts())
                            + " is missing, which config.json asks for"));
            StoredTensor part =
                    tensor.isDivisible(pattern.parts()) ? tensor.part(pattern.part(), pattern.parts()) : tensor;
            if (!role.fits(part.shape(), architecture)) {
                throw refused("the tensor " + name + " has shape " + tensor.shape() + "; config.json asks for "
                        + times(shape, pattern.parts()));
            }
            if (!tensor.type().isComputable()) {
                throw refused("the tensor " + name + " has the type " + tensor.type()
                        + "; F32, F16 and BF16 can be computed with");
            }
            return part;
        }

        private static List<Long> times(List<Long> shape, int parts) {
            List<Long> whole = new ArrayList<>(shape);
            whole.set(0, shape.getFirst() * parts);
            return whole;
        }

        /// A tensor inside a block that nobody knows would change every result if it were left out; a list of
        /// places in a table of relative positions follows from the grid.
        private void refuseUnknownParts(List<String> ignored) {
            String blocks = prefix + names.blockPrefix();
            for (String name : ignored) {
                if (name.startsWith(blocks) && !name.endsWith(".relative_position_index")) {
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
