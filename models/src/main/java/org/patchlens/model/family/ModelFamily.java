package org.patchlens.model.family;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.patchlens.model.architecture.VitArchitecture;
import org.patchlens.model.safetensors.Checkpoint;

/// What sets one family of Vision Transformers apart: data, not behaviour.
///
/// @param modelType the `model_type` of its `config.json`
/// @param architecture reads the configuration, and the names and shapes of tensors where it says too little
/// @param prefixes what may stand before the names of all tensors, such as `vit.` in a model with a head
/// @param names the ways in which files name its tensors
public record ModelFamily(
        String modelType,
        BiFunction<ModelConfig, Supplier<Checkpoint>, VitArchitecture> architecture,
        List<String> prefixes,
        List<TensorNames> names) {
    public ModelFamily {
        prefixes = List.copyOf(prefixes);
        names = List.copyOf(names);
    }

    /// A family whose configuration says everything.
    ModelFamily(
            String modelType,
            Function<ModelConfig, VitArchitecture> architecture,
            List<String> prefixes,
            List<TensorNames> names) {
        this(modelType, (config, checkpoint) -> architecture.apply(config), prefixes, names);
    }
}
