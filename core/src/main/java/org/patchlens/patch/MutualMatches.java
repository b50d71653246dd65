package org.patchlens.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.patchlens.tensor.FloatMatrix;

/// Pairs in which each is the nearest of the other.
final class MutualMatches {
    private MutualMatches() {}

    /// Strongest first, equal ones by row; of equal similarities the lower number is the nearest.
    ///
    /// @param similarities `float[P][P]`
    /// @param rows that take part
    /// @param columns that take part
    static List<PatchMatch> of(FloatMatrix similarities, BitSet rows, BitSet columns) {
        int[] bestOfRow = best(similarities, rows, columns, false);
        int[] bestOfColumn = best(similarities, columns, rows, true);
        List<PatchMatch> matches = new ArrayList<>();
        for (int row = 0; row < bestOfRow.length; row++) {
            int column = bestOfRow[row];
            if (column >= 0 && bestOfColumn[column] == row) {
                matches.add(new PatchMatch(row, column, similarities.get(row, column)));
            }
        }
        matches.sort(Comparator.comparingDouble((PatchMatch match) -> -match.similarity())
                .thenComparingInt(PatchMatch::patch));
        return List.copyOf(matches);
    }

    /// The best partner of each, -1 for none.
    private static int[] best(FloatMatrix similarities, BitSet own, BitSet partners, boolean transposed) {
        int[] best = new int[transposed ? similarities.columns() : similarities.rows()];
        Arrays.fill(best, -1);
        own.stream().forEach(one -> {
            float most = Float.NEGATIVE_INFINITY;
            for (int other = partners.nextSetBit(0); other >= 0; other = partners.nextSetBit(other + 1)) {
                float value = transposed ? similarities.get(other, one) : similarities.get(one, other);
                if (value > most) {
                    most = value;
                    best[one] = other;
                }
            }
        });
        return best;
    }
}
