package org.patchlens.embedding;

import org.patchlens.tensor.FloatMatrix;

/// What the CLS token of one image reads, in every block and head, and its attention rollout.
///
/// @param layers L, the number of blocks
/// @param heads A, the number of heads of each block
/// @param rows `float[L * A][T]`: row `(block - 1) * A + head` is that head's softmax row of the CLS token; each
///     row sums to 1
/// @param rollout `float[1][T]`: the CLS row of the attention rollout (Abnar and Zuidema 2020, arXiv:2005.00928)
///     over all blocks, with head-mean attention mixed half and half with the identity; sums to 1
public record ClsAttention(int layers, int heads, FloatMatrix rows, FloatMatrix rollout) {
    public ClsAttention {
        if (rows.rows() != layers * heads) {
            throw new IllegalArgumentException(rows.rows() + " attention rows; " + layers + " blocks of " + heads
                    + " heads have " + layers * heads);
        }
        if (rollout.rows() != 1 || rollout.columns() != rows.columns()) {
            throw new IllegalArgumentException("a rollout of " + rollout.rows() + " x " + rollout.columns()
                    + "; one row of " + rows.columns() + " is expected");
        }
    }

    /// The row of one head, `float[1][T]`; a view, not a copy.
    ///
    /// @param block 1 to L
    /// @param head 0 to A - 1
    public FloatMatrix row(int block, int head) {
        if (block < 1 || block > layers || head < 0 || head >= heads) {
            throw new IndexOutOfBoundsException("block " + block + ", head " + head + "; there are blocks 1 to "
                    + layers + " with heads 0 to " + (heads - 1));
        }
        int row = (block - 1) * heads + head;
        return rows.rows(row, row + 1);
    }
}
