package org.patchlens.cluster.hdbscan;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// The spanning tree of the smallest sum of mutual reachability distances, by rounds in which every component
/// takes its shortest way out (Boruvka 1926).
///
/// Most ways out are found among the neighbours of the graph, and it is known when one is surely the shortest:
/// when no point of the component has only neighbours that are nearer than it. Where that is not so, the points
/// in question are compared with all others ([OutsideSearch]); a way that was found like this stays the shortest
/// until its end joins the component, and a bound after that. Once few components are left, the shortest ways
/// between all of them are found together ([Bridges]).
///
/// Exact within the rounding of single precision, unless that would take too many comparisons ([#isExact]).
final class SpanningTree {
    /// Comparisons of pairs of points in one round that are worth waiting for: those of 100,000 points.
    private static final long MOST_PAIRS = 10_000_000_000L;

    /// Below this share of certain components, the others are searched rather than waited for.
    private static final int ENOUGH = 8;

    private final ReachablePoints points;
    private final FloatMatrix prepared;
    private final OutsideSearch search;
    private final DisjointSets sets;
    private final int[] components;
    /// The nearest known point of another component, or -1.
    private final int[] ends;

    private final float[] weights;
    /// No point of another component is nearer.
    private final float[] bounds;
    /// Likewise, from comparisons with all points.
    private final float[] searchedBounds;

    private final int[] from;
    private final int[] to;
    private final float[] lengths;
    private int edges;
    private boolean exact = true;

    private SpanningTree(ReachablePoints points, TaskPool pool) {
        this.points = points;
        int n = points.size();
        prepared = ComponentLayout.prepared(points.rows());
        search = new OutsideSearch(points, prepared, pool);
        sets = new DisjointSets(n);
        components = IntStream.range(0, n).toArray();
        ends = new int[n];
        Arrays.fill(ends, -1);
        weights = new float[n];
        bounds = new float[n];
        searchedBounds = new float[n];
        from = new int[n - 1];
        to = new int[n - 1];
        lengths = new float[n - 1];
    }

    static SpanningTree of(ReachablePoints points, TaskPool pool) {
        SpanningTree tree = new SpanningTree(points, pool);
        while (tree.edges < points.size() - 1) {
            tree.round(pool);
        }
        return tree;
    }

    /// Whether no shorter tree exists, within rounding.
    boolean isExact() {
        return exact;
    }

    /// The number of edges.
    int size() {
        return edges;
    }

    int from(int edge) {
        return from[edge];
    }

    int to(int edge) {
        return to[edge];
    }

    float length(int edge) {
        return lengths[edge];
    }

    private void round(TaskPool pool) {
        int n = points.size();
        int tasks = Math.ceilDiv(n, 1024);
        pool.forEach(tasks, task -> {
            for (int i = task * 1024; i < Math.min(n, (task + 1) * 1024); i++) {
                look(i);
            }
        });
        int[] ways = ways();
        boolean[] certain = certain(ways);
        int all = 0;
        int sure = 0;
        for (int i = 0; i < n; i++) {
            if (components[i] == i) {
                all++;
                sure += certain[i] ? 1 : 0;
            }
        }
        if (sure * ENOUGH < all || sure == 0) {
            int[] open = open(ways, certain);
            if (all <= Bridges.MOST_COMPONENTS && isWorthBridges(open.length)) {
                bridge(pool);
                return;
            }
            searchAll(open, ways);
            ways = ways();
            Arrays.fill(certain, true);
        }
        take(ways, certain);
    }

    /// The nearest point outside among the neighbours in the graph.
    private void look(int point) {
        if (ends[point] >= 0 && components[ends[point]] != components[point]) {
            return;
        }
        ends[point] = -1;
        weights[point] = Float.POSITIVE_INFINITY;
        for (int rank = 0; rank < points.graph().neighbors(); rank++) {
            int other = points.graph().neighbor(point, rank);
            if (components[other] != components[point] && points.toNeighbor(point, rank) < weights[point]) {
                weights[point] = points.toNeighbor(point, rank);
                ends[point] = other;
            }
        }
        bounds[point] = Math.max(searchedBounds[point], Math.min(weights[point], points.beyond(point)));
    }

    /// The start of the shortest known way out of each component, at the point that stands for it; -1 for none.
    private int[] ways() {
        int[] ways = new int[points.size()];
        Arrays.fill(ways, -1);
        for (int i = 0; i < ways.length; i++) {
            int known = ways[components[i]];
            if (ends[i] >= 0 && (known < 0 || weights[i] < weights[known])) {
                ways[components[i]] = i;
            }
        }
        return ways;
    }

    private boolean isOpen(int point, int[] ways) {
        int way = ways[components[point]];
        return way < 0 || bounds[point] < weights[way];
    }

    private boolean[] certain(int[] ways) {
        boolean[] certain = new boolean[points.size()];
        Arrays.fill(certain, true);
        for (int i = 0; i < certain.length; i++) {
            certain[components[i]] &= !isOpen(i, ways);
        }
        return certain;
    }

    private int[] open(int[] ways, boolean[] certain) {
        return IntStream.range(0, points.size())
                .filter(point -> !certain[components[point]] && isOpen(point, ways))
                .toArray();
    }

    /// Bridges compare half of all pairs of points once; searches compare some points with all, several times.
    private boolean isWorthBridges(int open) {
        long n = points.size();
        return n * n / 2 <= MOST_PAIRS && open > n / 8;
    }

    private void bridge(TaskPool pool) {
        for (Bridges.Bridge bridge : Bridges.of(points, prepared, components, pool)) {
            add(bridge.from(), bridge.to(), bridge.length());
        }
    }

    private void add(int start, int end, float length) {
        if (sets.merge(start, end)) {
            from[edges] = start;
            to[edges] = end;
            lengths[edges++] = length;
        }
    }

    private void searchAll(int[] wanted, int[] ways) {
        int[] open = wanted;
        if ((long) open.length * points.size() > MOST_PAIRS) {
            exact = false;
            open = some(ways);
        }
        int[] found = search.nearest(components, open);
        for (int i = 0; i < open.length; i++) {
            int point = open[i];
            float weight = points.between(point, found[i]);
            ends[point] = found[i];
            weights[point] = weight;
            bounds[point] = weight;
            searchedBounds[point] = weight;
        }
    }

    /// Of each component without any known way, as many points as there is time for, those in the densest places.
    private int[] some(int[] ways) {
        int n = points.size();
        long[] keys = IntStream.range(0, n)
                .filter(point -> ways[components[point]] < 0)
                .mapToLong(point -> (long) Float.floatToRawIntBits(points.core(point)) << 32 | point)
                .sorted()
                .toArray();
        long without =
                Arrays.stream(keys).map(key -> components[(int) key]).distinct().count();
        int each = (int) Math.max(1, MOST_PAIRS / n / Math.max(1, without));
        int[] taken = new int[n];
        return Arrays.stream(keys)
                .mapToInt(key -> (int) key)
                .filter(point -> taken[components[point]]++ < each)
                .toArray();
    }

    /// @param certain the components that may take their way
    private void take(int[] ways, boolean[] certain) {
        for (int component = 0; component < ways.length; component++) {
            int start = ways[component];
            if (start >= 0 && certain[component]) {
                add(start, ends[start], weights[start]);
            }
        }
        for (int i = 0; i < components.length; i++) {
            components[i] = sets.find(i);
        }
    }
}
