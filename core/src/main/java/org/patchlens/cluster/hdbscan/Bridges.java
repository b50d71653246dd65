package org.patchlens.cluster.hdbscan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// Finds the shortest way between every two components, by comparing every pair of points of different components
/// once: with few components left, all that the spanning tree still needs.
final class Bridges {
    /// With more components, most of what is found here would be in vain.
    static final int MOST_COMPONENTS = 256;

    private static final int BLOCK = 128;
    private static final int TILE = 1024;

    private final ReachablePoints points;
    private final ComponentLayout layout;
    /// The number of the component at each place, ascending from 0.
    private final int[] numbers;

    private final int components;

    private Bridges(ReachablePoints points, ComponentLayout layout) {
        this.points = points;
        this.layout = layout;
        numbers = new int[layout.size()];
        for (int at = 1; at < numbers.length; at++) {
            numbers[at] = numbers[at - 1] + (layout.starts()[at] == at ? 1 : 0);
        }
        components = numbers[numbers.length - 1] + 1;
    }

    /// The shortest way between two components.
    ///
    /// @param from a point of one
    /// @param to a point of the other
    /// @param length the mutual reachability distance
    record Bridge(int from, int to, float length) {}

    /// The shortest way between every two components, the shortest first.
    ///
    /// @param prepared see [ComponentLayout#prepared]
    /// @param components the component of every point
    static List<Bridge> of(ReachablePoints points, FloatMatrix prepared, int[] components, TaskPool pool) {
        Bridges bridges = new Bridges(points, ComponentLayout.of(points, prepared, components));
        Shortest[] parts = new Shortest[Math.ceilDiv(components.length, BLOCK)];
        pool.forEach(parts.length, block -> parts[block] = bridges.search(block * BLOCK));
        return bridges.merged(parts);
    }

    /// The shortest ways from the components of a block of places to all later components.
    private final class Shortest {
        private final int first;
        private final float[] squares;
        private final int[] from;
        private final int[] to;

        Shortest(int firstPlace, int lastPlace) {
            first = numbers[firstPlace];
            squares = new float[(numbers[lastPlace] - first + 1) * components];
            from = new int[squares.length];
            to = new int[squares.length];
            Arrays.fill(squares, Float.POSITIVE_INFINITY);
        }

        void look(int row, float[] distances, int shift, int start, int end) {
            float core = layout.cores()[row];
            int place = start;
            while (place < end) {
                int stop = Math.min(end, layout.ends()[place]);
                int at = (numbers[row] - first) * components + numbers[place];
                // no way from this row is shorter than its core distance
                int found = core < squares[at] ? layout.firstBelow(place, stop, distances, shift, squares[at]) : -1;
                if (found >= 0) {
                    squares[at] = Math.max(core, layout.reach(found, distances, shift));
                    from[at] = row;
                    to[at] = found;
                }
                place = stop;
            }
        }
    }

    private Shortest search(int firstRow) {
        int lastRow = Math.min(layout.size(), firstRow + BLOCK) - 1;
        int[] own = new int[lastRow - firstRow + 1];
        Arrays.setAll(own, i -> firstRow + i);
        Shortest shortest = new Shortest(firstRow, lastRow);
        Panel block = layout.mirrored(own);
        float[] distances = new float[own.length * TILE];
        for (int from = layout.ends()[firstRow]; from < layout.size(); from += TILE) {
            int to = Math.min(layout.size(), from + TILE);
            Panel others = Panel.of(layout.rows().rows(from, to)).transpose();
            MatrixProduct.multiply(block, others, Panel.of(distances, own.length, to - from));
            for (int i = 0; i < own.length; i++) {
                int start = Math.max(from, layout.ends()[own[i]]);
                shortest.look(own[i], distances, i * (to - from) - from, start, to);
            }
        }
        return shortest;
    }

    /// The first of equally short ways, in the order of the blocks.
    private List<Bridge> merged(Shortest[] parts) {
        float[] squares = new float[components * components];
        int[] from = new int[squares.length];
        int[] to = new int[squares.length];
        Arrays.fill(squares, Float.POSITIVE_INFINITY);
        for (Shortest part : parts) {
            for (int i = 0; i < part.squares.length; i++) {
                int at = part.first * components + i;
                if (part.squares[i] < squares[at]) {
                    squares[at] = part.squares[i];
                    from[at] = layout.order()[part.from[i]];
                    to[at] = layout.order()[part.to[i]];
                }
            }
        }
        List<Bridge> bridges = new ArrayList<>();
        for (int at = 0; at < squares.length; at++) {
            if (squares[at] < Float.POSITIVE_INFINITY) {
                bridges.add(new Bridge(from[at], to[at], points.between(from[at], to[at])));
            }
        }
        bridges.sort(Comparator.comparingDouble(Bridge::length));
        return bridges;
    }
}
