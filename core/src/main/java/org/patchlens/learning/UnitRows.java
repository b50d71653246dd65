package org.patchlens.learning;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// Rows of length 1, and the search for the largest among numbers.
final class UnitRows {
    private UnitRows() {}

    /// The rows divided by their lengths; rows of zeros stay.
    static FloatMatrix of(FloatMatrix rows) {
        FloatMatrix unit = FloatMatrix.zeros(rows.rows(), rows.columns());
        float[] norms = Kernels.rowNorms(rows);
        for (int row = 0; row < rows.rows(); row++) {
            float[] values = rows.rowToArray(row);
            for (int i = 0; i < values.length && norms[row] > 0; i++) {
                values[i] /= norms[row];
            }
            unit.row(row).copyFrom(FloatMatrix.of(1, values.length, values));
        }
        return unit;
    }

    /// The places of the largest values, the first among equals.
    static int[] largest(float[] values, int count) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(values[i]);
            int ascending = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
            keys[i] = ((~ascending & 0xffffffffL) << 31) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys, 0, Math.min(count, keys.length))
                .mapToInt(key -> (int) (key & 0x7fffffff))
                .toArray();
    }
}
