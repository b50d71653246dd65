package org.patchlens.model.family;

import java.util.List;
import java.util.function.Function;
import org.patchlens.model.architecture.VitArchitecture;

/// What sets one family of Vision Transformers apart: data, not behaviour.
///
/// @param modelType the `model_type` of its `config.json`
/// @param architecture reads the configuration
/// @param prefixes what may stand before the names of all tensors, such as `vit.` in a model with a head
/// @param names the ways in which files name its tensors
public record ModelFamily(
        String modelType,
        Function<ModelConfig, VitArchitecture> architecture,
        List<String> prefixes,
        List<TensorNames> names) {
    public ModelFamily {
        prefixes = List.copyOf(prefixes);
        names = List.copyOf(names);
    }
}
