package org.patchlens.model;

import java.nio.file.Path;
import org.patchlens.model.safetensors.SafetensorsFile;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.model.safetensors.TensorReader;
import org.patchlens.tensor.FloatMatrix;

/// Expected values, kept as safetensors.
final class Golden {
    private final SafetensorsFile file;

    Golden(Path path) {
        file = SafetensorsFile.open(path);
    }

    boolean has(String name) {
        return file.tensors().stream().anyMatch(tensor -> tensor.name().equals(name));
    }

    /// A tensor as a matrix whose columns are its last dimension.
    FloatMatrix get(String name) {
        StoredTensor tensor = file.tensors().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + file.file()));
        int columns = Math.toIntExact(tensor.shape().getLast());
        return TensorReader.read(tensor, Math.toIntExact(tensor.elements() / columns), columns);
    }
}
