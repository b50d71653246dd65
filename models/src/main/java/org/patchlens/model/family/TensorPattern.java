package org.patchlens.model.family;

/// The name of a tensor, or of one of several that lie behind one another in a larger one.
///
/// @param name below a prefix; `*` stands for the number of the block, from 0
/// @param part which of the parts along the first dimension, from 0
/// @param parts how many equal parts the tensor has; 1 for a tensor that is whole
public record TensorPattern(String name, int part, int parts) {
    /// The name in a file.
    ///
    /// @param block 1 to L; of no consequence for a role that occurs once
    public String name(int block) {
        return name.replace("*", Integer.toString(block - 1));
    }
}
