package org.patchlens.cluster;

import java.util.HashMap;
import java.util.Map;

/// How alike two groupings of the same points are: 1 for equal ones, about 0 for unrelated ones (Hubert and Arabie
/// 1985, "Comparing partitions").
public final class AdjustedRand {
    private AdjustedRand() {}

    /// The adjusted Rand index.
    ///
    /// @param first the group of each point, by any numbers
    /// @param second the same in the other grouping
    public static double of(int[] first, int[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " and " + second.length + " labels");
        }
        Map<Long, Long> both = new HashMap<>();
        Map<Long, Long> rows = new HashMap<>();
        Map<Long, Long> columns = new HashMap<>();
        for (int i = 0; i < first.length; i++) {
            both.merge((long) first[i] << 32 | (second[i] & 0xffff_ffffL), 1L, Long::sum);
            rows.merge((long) first[i], 1L, Long::sum);
            columns.merge((long) second[i], 1L, Long::sum);
        }
        double together = pairs(both);
        double inRows = pairs(rows);
        double inColumns = pairs(columns);
        double all = first.length * (first.length - 1.0) / 2;
        double expected = all == 0 ? 0 : inRows * inColumns / all;
        double most = (inRows + inColumns) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double pairs(Map<Long, Long> counts) {
        return counts.values().stream()
                .mapToDouble(count -> count * (count - 1.0) / 2)
                .sum();
    }
}
