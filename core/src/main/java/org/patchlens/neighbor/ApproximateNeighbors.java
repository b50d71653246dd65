package org.patchlens.neighbor;

import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Nearly all of the nearest neighbours, without comparing every pair of points.
///
/// Points are divided into cells. Those of a cell are compared, by matrix products, with the points of the nearest
/// cells: as many as hold [#WANTED] of the neighbours of a sample of points, whose neighbours are searched
/// exactly. Then the neighbours of the nearest neighbours are looked at as well (Dong, Charikar and Li 2011,
/// "Efficient k-nearest neighbor graph construction for generic similarity measures", one sweep). Distances are
/// computed as in [ExactNeighbors]; what may be missing is some of the neighbours.
///
/// The same bytes for any number of threads. About N^1.5 D operations.
public final class ApproximateNeighbors {
    /// Of the neighbours, by the cells alone; the sweep finds half of the rest.
    private static final double WANTED = 0.985;

    private static final int SAMPLE = 256;

    /// How many of the nearest neighbours are asked for how many of theirs.
    private static final int ASKED = 10;

    private static final int POINTS_PER_TASK = 512;
    private static final long SEED = 2;

    private final PointSpace space;
    private final FloatMatrix prepared;
    private final Cells cells;
    private final int k;
    private final TaskPool pool;

    private ApproximateNeighbors(PointSpace space, int k, TaskPool pool) {
        this.space = space;
        this.k = k;
        this.pool = pool;
        prepared = space.prepared(pool);
        cells = Cells.of(prepared, pool);
    }

    /// Nearly all of the K nearest other points of every point.
    ///
    /// @param rows `float[N][D]`, finite
    /// @param k K, 1 to N - 1
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public static MeasuredGraph of(FloatMatrix rows, int k, Metric metric, TaskPool pool, DoubleConsumer progress) {
        if (k < 1 || k >= rows.rows()) {
            throw new IllegalArgumentException(k + " neighbours of " + rows.rows() + " points");
        }
        ApproximateNeighbors search = new ApproximateNeighbors(new PointSpace(rows, metric), k, pool);
        int[] sample = Draw.some(rows.rows(), Math.min(rows.rows(), 2 * SAMPLE), new Seed(SEED));
        int[][] truth = search.exact(sample);
        int half = sample.length / 2;
        int probes = search.probes(Arrays.copyOf(sample, half), truth);
        NeighborGraph graph = search.sweep(search.fromCells(probes, progress));
        return new MeasuredGraph(graph, recall(graph, sample, truth, half));
    }

    /// The neighbours of some points by comparing them with all others.
    private int[][] exact(int[] sample) {
        int points = prepared.rows();
        int[][] nearest = new int[sample.length][];
        int perTask = 16;
        pool.forEach(Math.ceilDiv(sample.length, perTask), task -> {
            int from = task * perTask;
            int count = Math.min(sample.length, from + perTask) - from;
            Tile.Points own = Tile.Points.of(prepared, Arrays.copyOfRange(sample, from, from + count));
            Candidates candidates = new Candidates(count, Math.min(points - 1, k + PointSpace.SPARE));
            Tile.forEach(prepared, points, others -> Tile.compare(own, others, candidates));
            for (int i = 0; i < count; i++) {
                nearest[from + i] = space.nearest(own.numbers()[i], candidates.nearest(i), k);
            }
        });
        return nearest;
    }

    /// In how many of the nearest cells the wanted share of the neighbours of a sample lies.
    private int probes(int[] sample, int[][] truth) {
        int count = cells.members().size();
        long[] found = new long[count];
        int[] rankOf = new int[count];
        for (int i = 0; i < sample.length; i++) {
            int[] order = cells.nearest().get(cells.cellOf()[sample[i]]);
            for (int rank = 0; rank < count; rank++) {
                rankOf[order[rank]] = rank;
            }
            for (int other : truth[i]) {
                found[rankOf[cells.cellOf()[other]]]++;
            }
        }
        long wanted = (long) Math.ceil(WANTED * sample.length * k);
        long sum = 0;
        for (int rank = 0; rank < count; rank++) {
            sum += found[rank];
            if (sum >= wanted) {
                return rank + 1;
            }
        }
        return count;
    }

    private NeighborGraph fromCells(int probes, DoubleConsumer progress) {
        int[] neighbors = new int[Math.multiplyExact(prepared.rows(), k)];
        FloatMatrix distances = FloatMatrix.zeros(prepared.rows(), k);
        int count = cells.members().size();
        int step = Math.max(16, count / 64);
        for (int first = 0; first < count; first += step) {
            int from = first;
            progress.accept((double) first / count);
            pool.forEach(Math.min(step, count - first), task -> search(from + task, probes, neighbors, distances));
        }
        return new NeighborGraph(neighbors, distances);
    }

    /// Finds the neighbours of all points of a cell.
    private void search(int cell, int probes, int[] neighbors, FloatMatrix distances) {
        int[] members = cells.members().get(cell);
        Tile.Points own = Tile.Points.of(prepared, members);
        Candidates candidates = new Candidates(members.length, k + PointSpace.SPARE);
        int[] batch = new int[0];
        int seen = 0;
        int[] order = cells.nearest().get(cell);
        // fewer points than neighbours would leave a row of the graph unfilled
        for (int rank = 0; rank < order.length && (rank < probes || seen <= k); rank++) {
            int[] more = cells.members().get(order[rank]);
            int before = batch.length;
            batch = Arrays.copyOf(batch, before + more.length);
            System.arraycopy(more, 0, batch, before, more.length);
            seen += more.length;
            if (batch.length >= Tile.COLUMNS) {
                Tile.compare(own, Tile.Points.of(prepared, batch), candidates);
                batch = new int[0];
            }
        }
        Tile.compare(own, Tile.Points.of(prepared, batch), candidates);
        for (int i = 0; i < members.length; i++) {
            space.write(members[i], candidates.nearest(i), neighbors, distances);
        }
    }

    /// Looks at the neighbours of the nearest neighbours.
    private NeighborGraph sweep(NeighborGraph found) {
        int points = found.points();
        int[] neighbors = new int[points * k];
        FloatMatrix distances = FloatMatrix.zeros(points, k);
        int asked = Math.min(ASKED, k);
        pool.forEach(Math.ceilDiv(points, POINTS_PER_TASK), task -> {
            int end = Math.min(points, (task + 1) * POINTS_PER_TASK);
            for (int point = task * POINTS_PER_TASK; point < end; point++) {
                int[] candidates = new int[k + asked * asked];
                for (int rank = 0; rank < k; rank++) {
                    candidates[rank] = found.neighbor(point, rank);
                }
                int count = k;
                for (int rank = 0; rank < asked; rank++) {
                    int neighbor = found.neighbor(point, rank);
                    for (int second = 0; second < asked; second++) {
                        candidates[count++] = found.neighbor(neighbor, second);
                    }
                }
                space.write(point, distinct(candidates, point), neighbors, distances);
            }
        });
        return new NeighborGraph(neighbors, distances);
    }

    private static int[] distinct(int[] numbers, int without) {
        Arrays.sort(numbers);
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != without && (i == 0 || numbers[i] != numbers[i - 1])) {
                numbers[count++] = numbers[i];
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    /// The share of the neighbours that were found, of the points of the sample that did not choose the cells.
    private static double recall(NeighborGraph graph, int[] sample, int[][] truth, int from) {
        long found = 0;
        for (int i = from; i < sample.length; i++) {
            int[] sorted = truth[i].clone();
            Arrays.sort(sorted);
            for (int rank = 0; rank < graph.neighbors(); rank++) {
                found += Arrays.binarySearch(sorted, graph.neighbor(sample[i], rank)) >= 0 ? 1 : 0;
            }
        }
        return (double) found / ((long) (sample.length - from) * graph.neighbors());
    }
}
