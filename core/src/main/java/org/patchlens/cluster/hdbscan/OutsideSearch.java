package org.patchlens.cluster.hdbscan;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// Finds for some points the nearest of all points that are in another component, by blocks of matrix products.
///
/// @param points all of them
/// @param prepared see [ComponentLayout#prepared]
/// @param pool to work with
record OutsideSearch(ReachablePoints points, FloatMatrix prepared, TaskPool pool) {
    private static final int BLOCK = 128;
    private static final int TILE = 1024;

    /// The nearest outside of each of some points.
    ///
    /// @param components the component of every point
    /// @param searched the points
    /// @return for each of them the point that is nearest among those of other components
    int[] nearest(int[] components, int[] searched) {
        ComponentLayout layout = ComponentLayout.of(points, prepared, components);
        int[] places = layout.places();
        int[] rows =
                Arrays.stream(searched).map(point -> places[point]).sorted().toArray();
        int[] found = new int[points.size()];
        pool.forEach(Math.ceilDiv(rows.length, BLOCK), block -> {
            int[] own = Arrays.copyOfRange(rows, block * BLOCK, Math.min(rows.length, (block + 1) * BLOCK));
            search(layout, own, found);
        });
        return Arrays.stream(searched).map(point -> found[point]).toArray();
    }

    /// @param own places of points, ascending
    /// @param found per point, the point that was found
    private static void search(ComponentLayout layout, int[] own, int[] found) {
        Panel block = layout.mirrored(own);
        Nearest nearest = new Nearest(layout, own);
        float[] squares = new float[own.length * TILE];
        int[] starts = layout.starts();
        for (int from = 0; from < layout.size(); from += TILE) {
            int to = Math.min(layout.size(), from + TILE);
            boolean inside = starts[own[0]] <= from && layout.ends()[own[0]] >= to;
            if (!inside || starts[own[own.length - 1]] != starts[own[0]]) {
                Panel others = Panel.of(layout.rows().rows(from, to)).transpose();
                MatrixProduct.multiply(block, others, Panel.of(squares, own.length, to - from));
                nearest.look(squares, from, to);
            }
        }
        for (int i = 0; i < own.length; i++) {
            found[layout.order()[own[i]]] = layout.order()[nearest.at[i]];
        }
    }

    /// The nearest places outside of some points' components so far.
    private static final class Nearest {
        private final ComponentLayout layout;
        private final int[] own;
        private final float[] least;
        private final int[] at;

        Nearest(ComponentLayout layout, int[] own) {
            this.layout = layout;
            this.own = own;
            least = new float[own.length];
            at = new int[own.length];
            Arrays.fill(least, Float.POSITIVE_INFINITY);
            Arrays.fill(at, -1);
        }

        void look(float[] squares, int from, int to) {
            for (int i = 0; i < own.length; i++) {
                int shift = i * (to - from) - from;
                look(i, squares, shift, from, Math.min(to, layout.starts()[own[i]]));
                look(i, squares, shift, Math.max(from, layout.ends()[own[i]]), to);
            }
        }

        private void look(int i, float[] squares, int shift, int from, int to) {
            int place = layout.firstBelow(from, to, squares, shift, least[i]);
            if (place >= 0) {
                at[i] = place;
                least[i] = layout.reach(place, squares, shift);
            }
        }
    }
}
