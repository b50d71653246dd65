package org.patchlens.model.family;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.patchlens.model.architecture.TensorRole;

/// How one kind of file names its tensors.
///
/// @param patterns a name per role; roles that the kind of file never has are missing
public record TensorNames(Map<TensorRole, TensorPattern> patterns) {
    /// No names.
    static final TensorNames NONE = new TensorNames(Map.of());

    public TensorNames {
        EnumMap<TensorRole, TensorPattern> sorted = new EnumMap<>(TensorRole.class);
        sorted.putAll(patterns);
        patterns = Collections.unmodifiableMap(sorted);
    }

    /// These names with one more, or another one.
    TensorNames with(TensorRole role, String name) {
        return with(role, new TensorPattern(name, 0, 1));
    }

    /// These names with those of a linear map or a norm, which end in `.weight` and `.bias`.
    TensorNames with(TensorRole weight, TensorRole bias, String name) {
        return with(weight, name + ".weight").with(bias, name + ".bias");
    }

    /// These names with one tensor that holds several behind one another.
    TensorNames withParts(String name, TensorRole... roles) {
        TensorNames names = this;
        for (int part = 0; part < roles.length; part++) {
            names = names.with(roles[part], new TensorPattern(name, part, roles.length));
        }
        return names;
    }

    /// The name of a role, if such files have it.
    public Optional<TensorPattern> find(TensorRole role) {
        return Optional.ofNullable(patterns.get(role));
    }

    /// The name of a role that every model has.
    public TensorPattern get(TensorRole role) {
        return Objects.requireNonNull(patterns.get(role), role.name());
    }

    /// What the names of all tensors of blocks start with.
    public String blockPrefix() {
        String name = get(TensorRole.QUERY_WEIGHT).name();
        return name.substring(0, name.indexOf('*'));
    }

    private TensorNames with(TensorRole role, TensorPattern pattern) {
        EnumMap<TensorRole, TensorPattern> all = new EnumMap<>(TensorRole.class);
        all.putAll(patterns);
        all.put(role, pattern);
        return new TensorNames(all);
    }
}
