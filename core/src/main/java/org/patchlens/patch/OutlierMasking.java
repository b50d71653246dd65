package org.patchlens.patch;

import java.util.Collection;
import org.patchlens.tensor.FloatMatrix;

/// Whether outlier tokens are left out of a map.
public enum OutlierMasking {
    /// Where the largest of them is above twice the largest of all other patches: nothing else would be seen.
    AUTO,
    /// Always.
    ON,
    /// Never.
    OFF;

    /// Decides for a map.
    ///
    /// @param map `float[H][W]`, numbers from 0
    /// @param outliers the numbers of the patches that are outliers
    public boolean leavesOut(FloatMatrix map, Collection<Integer> outliers) {
        return switch (this) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> outshine(map, outliers);
        };
    }

    private static boolean outshine(FloatMatrix map, Collection<Integer> outliers) {
        float largest = 0;
        float largestOther = 0;
        for (int patch = 0; patch < map.rows() * map.columns(); patch++) {
            float value = map.get(patch / map.columns(), patch % map.columns());
            if (outliers.contains(patch)) {
                largest = Math.max(largest, value);
            } else {
                largestOther = Math.max(largestOther, value);
            }
        }
        return largest > 2 * largestOther;
    }
}
