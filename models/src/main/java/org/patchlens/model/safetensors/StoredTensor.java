package org.patchlens.model.safetensors;

import java.nio.file.Path;
import java.util.List;

/// Where a tensor lies in a file; its data are not read.
///
/// @param name in the file
/// @param type of its numbers
/// @param shape its dimensions, each at least 0
/// @param file the real file, links resolved
/// @param offset of its first byte from the start of the file
/// @param bytes its length
public record StoredTensor(String name, TensorType type, List<Long> shape, Path file, long offset, long bytes) {
    public StoredTensor {
        shape = List.copyOf(shape);
    }

    /// How many numbers it has.
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
