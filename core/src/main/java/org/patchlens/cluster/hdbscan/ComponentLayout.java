package org.patchlens.cluster.hdbscan;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Panel;

/// All points component by component, in a form in which a matrix product gives squared distances.
///
/// @param order the point at each place
/// @param starts per place, the first place of its component
/// @param ends per place, the place behind the last of its component
/// @param cores the squared core distance of the point at each place
/// @param rows per place, its row x less the mean as (x, 1, |x|^2)
@SuppressWarnings("ArrayRecordComponent") // lives for one search and is never compared
record ComponentLayout(int[] order, int[] starts, int[] ends, float[] cores, FloatMatrix rows) {

    /// Each row x less the mean as (x, 1, |x|^2), in the order of the points.
    static FloatMatrix prepared(FloatMatrix rows) {
        int dimensions = rows.columns();
        double[] mean = new double[dimensions];
        for (int row = 0; row < rows.rows(); row++) {
            float[] values = rows.rowToArray(row);
            for (int i = 0; i < dimensions; i++) {
                mean[i] += values[i] / rows.rows();
            }
        }
        FloatMatrix prepared = FloatMatrix.zeros(rows.rows(), dimensions + 2);
        for (int row = 0; row < rows.rows(); row++) {
            double square = 0;
            for (int i = 0; i < dimensions; i++) {
                float value = (float) (rows.get(row, i) - mean[i]);
                prepared.set(row, i, value);
                square += (double) value * value;
            }
            prepared.set(row, dimensions, 1);
            prepared.set(row, dimensions + 1, (float) square);
        }
        return prepared;
    }

    /// @param prepared see [#prepared(FloatMatrix)]
    /// @param components the component of every point
    static ComponentLayout of(ReachablePoints points, FloatMatrix prepared, int[] components) {
        int n = components.length;
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = (long) components[i] << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
        int[] starts = new int[n];
        int[] ends = new int[n];
        float[] cores = new float[n];
        FloatMatrix rows = FloatMatrix.zeros(n, prepared.columns());
        for (int at = 0; at < n; at++) {
            boolean first = at == 0 || components[order[at]] != components[order[at - 1]];
            starts[at] = first ? at : starts[at - 1];
            float core = points.core(order[at]);
            cores[at] = core * core;
            rows.row(at).copyFrom(prepared.row(order[at]));
        }
        for (int at = n - 1; at >= 0; at--) {
            ends[at] = at == n - 1 || starts[at + 1] != starts[at] ? at + 1 : ends[at + 1];
        }
        return new ComponentLayout(order, starts, ends, cores, rows);
    }

    /// N, the number of places.
    int size() {
        return order.length;
    }

    /// The place of every point.
    int[] places() {
        int[] places = new int[order.length];
        for (int at = 0; at < order.length; at++) {
            places[order[at]] = at;
        }
        return places;
    }

    /// The rows (-2 x, |x|^2, 1): their product with (y, 1, |y|^2) is |x - y|^2.
    Panel mirrored(int[] some) {
        int columns = rows.columns();
        float[] mirrored = new float[some.length * columns];
        for (int i = 0; i < some.length; i++) {
            float[] row = rows.rowToArray(some[i]);
            for (int j = 0; j < columns - 2; j++) {
                mirrored[i * columns + j] = -2 * row[j];
            }
            mirrored[i * columns + columns - 2] = row[columns - 1];
            mirrored[i * columns + columns - 1] = 1;
        }
        return Panel.of(mirrored, some.length, columns);
    }

    /// The first of the nearest places, if it is nearer than `limit`; else -1.
    ///
    /// @param from the first place
    /// @param to behind the last place
    /// @param squares distances, in which the one of place p stands at `shift + p`
    int firstBelow(int from, int to, float[] squares, int shift, float limit) {
        float least = Float.POSITIVE_INFINITY;
        // a loop without a branch becomes vector instructions
        for (int place = from; place < to; place++) {
            least = Math.min(least, Math.max(squares[shift + place], cores[place]));
        }
        if (!(least < limit)) {
            return -1;
        }
        int place = from;
        while (reach(place, squares, shift) > least) {
            place++;
        }
        return place;
    }

    /// The squared distance to a place, or its squared core distance if that is larger.
    float reach(int place, float[] squares, int shift) {
        return Math.max(squares[shift + place], cores[place]);
    }
}
