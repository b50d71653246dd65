package org.patchlens.neighbor;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.StoredRows;

/// Sees to it that every point of a graph can be reached from its start.
///
/// Choosing edges anew may cut a point off, above all one of many that are the same. Such a point gets an edge
/// from a near point that can be reached and has room for one.
final class Reachability {
    private static final int WIDTH = 96;

    private final StoredRows rows;
    private final int[] edges;
    private final int degree;
    private final int start;
    private final BitSet reached = new BitSet();

    private Reachability(StoredRows rows, int[] edges, int degree, int start) {
        this.rows = rows;
        this.edges = edges;
        this.degree = degree;
        this.start = start;
    }

    /// Adds the edges that are missing.
    ///
    /// @param edges `int[N * degree]`, -1 where there is room
    static void ensure(StoredRows rows, int[] edges, int degree, int start) {
        new Reachability(rows, edges, degree, start).attachAll();
    }

    private void attachAll() {
        BeamSearch search = new BeamSearch(rows, edges, degree);
        spread(start);
        int attached = start;
        int points = rows.rows();
        for (int point = reached.nextClearBit(0); point < points; point = reached.nextClearBit(point)) {
            int parent = parent(search, point, attached);
            edges[parent * degree + firstFree(parent)] = point;
            spread(point);
            attached = point;
        }
    }

    /// Marks all that a point leads to.
    private void spread(int from) {
        Deque<Integer> open = new ArrayDeque<>();
        reached.set(from);
        open.add(from);
        while (!open.isEmpty()) {
            int first = open.remove() * degree;
            for (int i = first; i < first + degree && edges[i] >= 0; i++) {
                if (!reached.get(edges[i])) {
                    reached.set(edges[i]);
                    open.add(edges[i]);
                }
            }
        }
    }

    /// The nearest point with room that a search sees, or the one that was attached last, which may be as near.
    private int parent(BeamSearch search, int point, int attached) {
        ScanVector vector = ScanVector.of(rows.rows(point, point + 1).toArray());
        float[] product = new float[1];
        rows.picked(new int[] {attached}, 1, vector, product);
        for (int width = WIDTH; ; width *= 2) {
            int parent = firstFree(attached) < degree ? attached : -1;
            float most = parent < 0 ? Float.NEGATIVE_INFINITY : product[0];
            search.run(start, vector, width);
            for (int i = 0; i < search.seenCount(); i++) {
                if (search.seenProduct(i) > most && firstFree(search.seen(i)) < degree) {
                    parent = search.seen(i);
                    most = search.seenProduct(i);
                }
            }
            if (parent >= 0) {
                return parent;
            }
        }
    }

    private int firstFree(int point) {
        int place = 0;
        while (place < degree && edges[point * degree + place] >= 0) {
            place++;
        }
        return place;
    }
}
