package org.patchlens.analysis.attention;

import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;

/// Where whole attention matrices come from: a study stores no more than what its CLS token reads.
///
/// Matrices are handed over one block of one image at a time and never held together: of 24 blocks with 16 heads
/// and 1,370 tokens they would take 2.9 GB.
@FunctionalInterface
public interface AttentionSource {
    /// There is nothing but the study.
    AttentionSource NONE = (images, blocks, reader) -> {
        throw PatchlensException.usage(
                "attention",
                "a study stores no more than what the CLS token reads, and the rest must be computed by the model",
                "Give it with --model FOLDER");
    };

    /// Takes the matrices of one block of one image.
    @FunctionalInterface
    interface Reader {
        /// Takes them.
        ///
        /// @param image its index in the study
        /// @param block 1 to L
        /// @param matrices `float[A * T][T]`, after the softmax: row `head * T + i` is what token i reads; gone
        ///     when the call returns
        void take(int image, int block, FloatMatrix matrices);
    }

    /// Reads matrices: all images at the first of the blocks, then all at the second, and so on.
    ///
    /// @param images their indices in the study
    /// @param blocks 1 to L
    /// @throws PatchlensException if they cannot be had
    void read(List<Integer> images, List<Integer> blocks, Reader reader);
}
