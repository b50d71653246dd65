package org.patchlens.analysis.attention;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;

/// The fewest patches that together hold a share of the attention on patches (Caron et al. 2021, DINO,
/// arXiv:2104.14294, where the share is 0.6).
final class MassMask {
    private MassMask() {}

    /// Finds them.
    ///
    /// @param patches `float[H][W]`, attention; what special tokens get takes no part
    /// @param mass 0 to 1
    /// @param leftOut patches that take no part
    /// @return the numbers of the patches, the most attended first; among equals the first in the grid
    static List<Integer> of(FloatMatrix patches, double mass, List<Integer> leftOut) {
        int columns = patches.columns();
        List<Integer> order = IntStream.range(0, patches.rows() * columns)
                .filter(patch -> !leftOut.contains(patch))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer patch) -> -patches.get(patch / columns, patch % columns)))
                .toList();
        double total = 0;
        for (int patch : order) {
            total += patches.get(patch / columns, patch % columns);
        }
        double before = 0;
        int kept = 0;
        while (kept < order.size() && before < mass * total) {
            int patch = order.get(kept++);
            before += patches.get(patch / columns, patch % columns);
        }
        return order.subList(0, kept);
    }
}
