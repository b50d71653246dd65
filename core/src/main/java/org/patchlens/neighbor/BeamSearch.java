package org.patchlens.neighbor;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.StoredRows;

/// Walks through a graph towards a query, keeping the best points seen so far, and looks at the neighbours of each
/// of these. Used again and again by one thread at a time.
///
/// All similarities are dot products; for rows of length 1, cosines.
public final class BeamSearch {
    private final StoredRows rows;
    private final int[] edges;
    private final int degree;
    private final int[] stamps;
    private int stamp;

    private float[] beamProducts = new float[0];
    private int[] beamPoints = new int[0];
    private boolean[] beamDone = new boolean[0];
    private int beamSize;

    private int[] seen = new int[1024];
    private float[] seenProducts = new float[1024];
    private int seenCount;

    private int[] expanded = new int[256];
    private float[] expandedProducts = new float[256];
    private int expandedCount;

    private final Optional<SignCodes> codes;
    private long[] queryCode = new long[0];

    private final int[] fresh;
    private final float[] freshProducts;

    /// @param rows of the points of the graph
    /// @param codes of the rows, which tell most of the points that are not worth a product
    public BeamSearch(ProximityGraph graph, StoredRows rows, SignCodes codes) {
        this(rows, graph.edges(), graph.degree(), Optional.of(codes));
    }

    /// @param edges `int[N * degree]`; may change between two searches
    BeamSearch(StoredRows rows, int[] edges, int degree) {
        this(rows, edges, degree, Optional.empty());
    }

    private BeamSearch(StoredRows rows, int[] edges, int degree, Optional<SignCodes> codes) {
        this.rows = rows;
        this.codes = codes;
        this.edges = edges;
        this.degree = degree;
        stamps = new int[rows.rows()];
        fresh = new int[degree];
        freshProducts = new float[degree];
    }

    /// Walks.
    ///
    /// @param width how many of the best points are followed: more find more, and take longer
    public void run(int start, ScanVector query, int width) {
        begin(width);
        codes.ifPresent(known -> queryCode = known.code(query));
        fresh[0] = start;
        stamps[start] = stamp;
        look(1, query, width);
        for (int next = 0; next < beamSize; next = nextUndone(next)) {
            if (beamDone[next]) {
                continue;
            }
            beamDone[next] = true;
            expand(beamPoints[next], beamProducts[next]);
            int count = promising(unseen(beamPoints[next]), width);
            int first = look(count, query, width);
            next = Math.min(next, first);
        }
    }

    /// Collects the neighbours of a point that were not seen before.
    private int unseen(int point) {
        int count = 0;
        for (int i = point * degree; i < (point + 1) * degree && edges[i] >= 0; i++) {
            int neighbor = edges[i];
            if (stamps[neighbor] != stamp) {
                stamps[neighbor] = stamp;
                fresh[count++] = neighbor;
            }
        }
        return count;
    }

    /// Drops those whose codes say that they hardly belong into the full beam.
    private int promising(int count, int width) {
        if (codes.isEmpty() || beamSize < width) {
            return count;
        }
        SignCodes known = codes.get();
        int most = known.mostDifferences(beamProducts[beamSize - 1]);
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (known.differences(fresh[i], queryCode) <= most) {
                fresh[left++] = fresh[i];
            }
        }
        return left;
    }

    private int nextUndone(int from) {
        int next = from;
        while (next < beamSize && beamDone[next]) {
            next++;
        }
        return next;
    }

    private void begin(int width) {
        if (beamPoints.length < width + 1) {
            beamProducts = new float[width + 1];
            beamPoints = new int[width + 1];
            beamDone = new boolean[width + 1];
        }
        beamSize = 0;
        seenCount = 0;
        expandedCount = 0;
        if (++stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    /// Takes in points that were not seen before; answers the best place in the beam that one of them took.
    private int look(int count, ScanVector query, int width) {
        rows.picked(fresh, count, query, freshProducts);
        if (seen.length < seenCount + count) {
            seen = Arrays.copyOf(seen, 2 * (seenCount + count));
            seenProducts = Arrays.copyOf(seenProducts, seen.length);
        }
        int first = beamSize;
        for (int i = 0; i < count; i++) {
            seen[seenCount] = fresh[i];
            seenProducts[seenCount++] = freshProducts[i];
            first = Math.min(first, insert(fresh[i], freshProducts[i], width));
        }
        return first;
    }

    private int insert(int point, float product, int width) {
        if (beamSize == width && product <= beamProducts[beamSize - 1]) {
            return beamSize;
        }
        int low = 0;
        int high = beamSize;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beamProducts[middle] >= product) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int moved = Math.min(beamSize, width - 1) - low;
        System.arraycopy(beamProducts, low, beamProducts, low + 1, moved);
        System.arraycopy(beamPoints, low, beamPoints, low + 1, moved);
        System.arraycopy(beamDone, low, beamDone, low + 1, moved);
        beamProducts[low] = product;
        beamPoints[low] = point;
        beamDone[low] = false;
        beamSize = Math.min(width, beamSize + 1);
        return low;
    }

    private void expand(int point, float product) {
        if (expanded.length == expandedCount) {
            expanded = Arrays.copyOf(expanded, 2 * expandedCount);
            expandedProducts = Arrays.copyOf(expandedProducts, expanded.length);
        }
        expanded[expandedCount] = point;
        expandedProducts[expandedCount++] = product;
    }

    /// How many points were looked at.
    public int seenCount() {
        return seenCount;
    }

    /// The i-th point that was looked at.
    public int seen(int i) {
        return seen[i];
    }

    /// Its product with the query.
    public float seenProduct(int i) {
        return seenProducts[i];
    }

    /// The points that were looked at and are wanted, best first; equal ones by number.
    public int[] ranked(IntPredicate wanted) {
        long[] keys = new long[seenCount];
        int count = 0;
        for (int i = 0; i < seenCount; i++) {
            if (wanted.test(seen[i])) {
                keys[count++] = Candidates.key(-seenProducts[i], seen[i]);
            }
        }
        Arrays.sort(keys, 0, count);
        int[] points = new int[count];
        for (int i = 0; i < count; i++) {
            points[i] = (int) keys[i];
        }
        return points;
    }

    /// The points whose neighbours were looked at, as sortable keys: most similar first.
    long[] expandedKeys() {
        long[] keys = new long[expandedCount];
        for (int i = 0; i < expandedCount; i++) {
            keys[i] = Candidates.key(-expandedProducts[i], expanded[i]);
        }
        return keys;
    }
}
