package org.patchlens.model.family;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.patchlens.model.architecture.TensorRole;

/// How one kind of file names its tensors.
///
/// @param patterns a name per role, below a prefix; `*` stands for the number of the block, from 0
public record TensorNames(Map<TensorRole, String> patterns) {
    public TensorNames {
        patterns = Collections.unmodifiableMap(new EnumMap<>(patterns));
    }

    /// The name of a role.
    ///
    /// @param block 1 to L; of no consequence for a role that occurs once
    /// @throws NullPointerException if these names have none for the role
    public String name(TensorRole role, int block) {
        return Objects.requireNonNull(patterns.get(role), role.name()).replace("*", Integer.toString(block - 1));
    }

    /// What the names of all tensors of blocks start with.
    public String blockPrefix() {
        String pattern = Objects.requireNonNull(patterns.get(TensorRole.QUERY_WEIGHT), "query weight");
        return pattern.substring(0, pattern.indexOf('*'));
    }
}
