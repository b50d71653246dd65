package org.patchlens.cluster.hdbscan;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// Finds for some points the nearest of all points that are in another component, by blocks of matrix products.
///
/// All points are laid out component by component, so that what a point must not see is one range.
final class OutsideSearch {
    private static final int BLOCK = 128;
    private static final int TILE = 1024;

    private final ReachablePoints points;
    private final TaskPool pool;
    /// Each row x less the mean as (x, 1, |x|^2), in the order of the points.
    private final FloatMatrix prepared;

    private int[] order = new int[0];
    private int[] ends = new int[0];
    private int[] starts = new int[0];
    private float[] cores = new float[0];
    private FloatMatrix sorted;

    OutsideSearch(ReachablePoints points, TaskPool pool) {
        this.points = points;
        this.pool = pool;
        prepared = prepared(points.rows());
        sorted = prepared;
    }

    private static FloatMatrix prepared(FloatMatrix rows) {
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

    /// The nearest outside of each of some points.
    ///
    /// @param components the component of every point
    /// @param searched the points
    /// @return for each of them the point that is nearest among those of other components
    int[] nearest(int[] components, int[] searched) {
        layOut(components);
        int[] places = inverse();
        int[] rows =
                Arrays.stream(searched).map(point -> places[point]).sorted().toArray();
        int[] found = new int[points.size()];
        pool.forEach(Math.ceilDiv(rows.length, BLOCK), block -> {
            int[] own = Arrays.copyOfRange(rows, block * BLOCK, Math.min(rows.length, (block + 1) * BLOCK));
            search(own, found);
        });
        return Arrays.stream(searched).map(point -> found[point]).toArray();
    }

    private void layOut(int[] components) {
        int n = components.length;
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = (long) components[i] << 32 | i;
        }
        Arrays.sort(keys);
        order = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
        starts = new int[n];
        ends = new int[n];
        cores = new float[n];
        sorted = FloatMatrix.zeros(n, prepared.columns());
        for (int at = 0; at < n; at++) {
            boolean first = at == 0 || components[order[at]] != components[order[at - 1]];
            starts[at] = first ? at : starts[at - 1];
            float core = points.core(order[at]);
            cores[at] = core * core;
            sorted.row(at).copyFrom(prepared.row(order[at]));
        }
        for (int at = n - 1; at >= 0; at--) {
            ends[at] = at == n - 1 || starts[at + 1] != starts[at] ? at + 1 : ends[at + 1];
        }
    }

    private int[] inverse() {
        int[] places = new int[order.length];
        for (int at = 0; at < order.length; at++) {
            places[order[at]] = at;
        }
        return places;
    }

    /// @param own places of points, ascending
    /// @param found per point, the point that was found
    private void search(int[] own, int[] found) {
        Panel block = mirrored(own);
        float[] least = new float[own.length];
        int[] at = new int[own.length];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(at, -1);
        float[] squares = new float[own.length * TILE];
        for (int from = 0; from < order.length; from += TILE) {
            int to = Math.min(order.length, from + TILE);
            if (starts[own[0]] <= from && ends[own[0]] >= to && starts[own[own.length - 1]] == starts[own[0]]) {
                continue;
            }
            MatrixProduct.multiply(
                    block, Panel.of(sorted.rows(from, to)).transpose(), Panel.of(squares, own.length, to - from));
            for (int i = 0; i < own.length; i++) {
                Span left = new Span(from, Math.min(to, starts[own[i]]), from, i * (to - from));
                Span right = new Span(Math.max(from, ends[own[i]]), to, from, i * (to - from));
                for (Span span : new Span[] {left, right}) {
                    int place = span.firstBelow(least[i], squares, cores);
                    if (place >= 0) {
                        at[i] = place;
                        least[i] = span.reach(place, squares, cores);
                    }
                }
            }
        }
        for (int i = 0; i < own.length; i++) {
            found[order[own[i]]] = order[at[i]];
        }
    }

    /// Places that a point may see, and where their distances to it stand.
    ///
    /// @param from the first place
    /// @param to behind the last place
    /// @param tile the first place of the tile
    /// @param offset of the distance to the first place of the tile
    private record Span(int from, int to, int tile, int offset) {
        float reach(int place, float[] squares, float[] cores) {
            return Math.max(squares[offset + place - tile], cores[place]);
        }

        /// The first of the nearest places, if it is nearer than `limit`; else -1.
        int firstBelow(float limit, float[] squares, float[] cores) {
            float least = Float.POSITIVE_INFINITY;
            int shift = offset - tile;
            // a loop without a branch becomes vector instructions
            for (int place = from; place < to; place++) {
                least = Math.min(least, Math.max(squares[shift + place], cores[place]));
            }
            if (!(least < limit)) {
                return -1;
            }
            int place = from;
            while (reach(place, squares, cores) > least) {
                place++;
            }
            return place;
        }
    }

    /// The rows (-2 x, |x|^2, 1): their product with (y, 1, |y|^2) is |x - y|^2.
    private Panel mirrored(int[] places) {
        int columns = sorted.columns();
        float[] mirrored = new float[places.length * columns];
        for (int i = 0; i < places.length; i++) {
            float[] row = sorted.rowToArray(places[i]);
            for (int j = 0; j < columns - 2; j++) {
                mirrored[i * columns + j] = -2 * row[j];
            }
            mirrored[i * columns + columns - 2] = row[columns - 1];
            mirrored[i * columns + columns - 1] = 1;
        }
        return Panel.of(mirrored, places.length, columns);
    }
}
