package org.patchlens.model;

import java.nio.file.Path;
import java.util.List;
import org.patchlens.model.safetensors.SafetensorsFile;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.model.safetensors.TensorReader;
import org.patchlens.tensor.FloatMatrix;

/// Expected values, kept as safetensors.
public final class Golden {
    private final SafetensorsFile file;

    public Golden(Path path) {
        file = SafetensorsFile.open(path);
    }

    /// The names of all tensors that end like this, without the ending, sorted.
    public List<String> namesBefore(String ending) {
        return file.tensors().stream()
                .map(StoredTensor::name)
                .filter(name -> name.endsWith(ending))
                .map(name -> name.substring(0, name.length() - ending.length()))
                .sorted()
                .toList();
    }

    /// A tensor as a matrix whose columns are its last dimension.
    public FloatMatrix get(String name) {
        StoredTensor tensor = file.tensors().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + file.file()));
        int columns = Math.toIntExact(tensor.shape().getLast());
        return TensorReader.read(tensor, Math.toIntExact(tensor.elements() / columns), columns);
    }
}
