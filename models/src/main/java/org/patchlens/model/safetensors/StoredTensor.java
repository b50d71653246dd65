package org.patchlens.model.safetensors;

import java.nio.file.Path;
import java.util.ArrayList;
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

    /// Whether it can be cut into this many equal parts along its first dimension.
    public boolean isDivisible(int parts) {
        return parts == 1 || (!shape.isEmpty() && shape.getFirst() % parts == 0 && bytes % parts == 0);
    }

    /// One of several equal parts along the first dimension; refers to the same bytes.
    ///
    /// @param part 0 to parts - 1
    /// @param parts that the tensor is divisible into
    public StoredTensor part(int part, int parts) {
        if (parts == 1) {
            return this;
        }
        List<Long> sides = new ArrayList<>(shape);
        sides.set(0, shape.getFirst() / parts);
        long length = bytes / parts;
        return new StoredTensor(
                name + "[" + part + " of " + parts + "]", type, sides, file, offset + part * length, length);
    }
}
