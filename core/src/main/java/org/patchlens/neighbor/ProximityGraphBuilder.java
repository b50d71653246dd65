package org.patchlens.neighbor;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.TaskPool;

/// Builds a [ProximityGraph] point by point, many at a time.
///
/// Points are added in a random order, in batches that grow with the graph: the points of a batch look for their
/// neighbours in the graph as it was before, side by side, and are then linked. So the graph is the same for any
/// number of threads (the idea is that of Manohar et al. 2024, "ParlayANN").
public final class ProximityGraphBuilder {
    /// The most edges that are kept when those of a point are chosen anew.
    private static final int CHOSEN = 32;
    /// Room for edges that arrive from others before that is done.
    private static final int DEGREE = 48;
    /// Chosen edges, and a few that make every point reachable.
    private static final int FINAL_DEGREE = CHOSEN + 4;
    /// How many of the best points are followed when a new point looks for its neighbours.
    private static final int WIDTH = 96;
    /// An edge is left out if a kept one leads to a point that is nearer to its end by this factor; distances are
    /// squared.
    private static final float DETOUR = 1.2f;
    /// A batch is at most this part of the graph so far.
    private static final int LARGEST_PART = 40;

    private static final int POINTS_PER_TASK = 8;

    private final StoredRows rows;
    private final int[] edges;
    private final int[] counts;
    private final TaskPool pool;
    private final Queue<BeamSearch> searches = new ConcurrentLinkedQueue<>();
    private final int start;

    private ProximityGraphBuilder(StoredRows rows, TaskPool pool) {
        this.rows = rows;
        this.pool = pool;
        edges = new int[Math.multiplyExact(rows.rows(), DEGREE)];
        Arrays.fill(edges, -1);
        counts = new int[rows.rows()];
        start = nearestToTheMean();
    }

    /// Builds the graph of rows of length 1 (or 0), similar by their dot product.
    ///
    /// @param seed of the order in which points are added
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public static ProximityGraph of(StoredRows rows, Seed seed, TaskPool pool, DoubleConsumer progress) {
        ProximityGraphBuilder builder = new ProximityGraphBuilder(rows, pool);
        builder.addAll(seed, progress);
        return builder.graph();
    }

    private int nearestToTheMean() {
        double[] sum = new double[rows.columns()];
        int step = Math.max(1, rows.rows() / 65_536);
        for (int row = 0; row < rows.rows(); row += step) {
            float[] numbers = rows.rows(row, row + 1).toArray();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += numbers[i];
            }
        }
        double length = Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length && length > 0; i++) {
            mean[i] = (float) (sum[i] / length);
        }
        float[] products = new float[rows.rows()];
        rows.products(mean, products, 0);
        int best = 0;
        for (int row = 1; row < products.length; row++) {
            best = products[row] > products[best] ? row : best;
        }
        return best;
    }

    private void addAll(Seed seed, DoubleConsumer progress) {
        int[] order = shuffled(rows.rows(), seed.generator());
        for (int from = 0; from < order.length; ) {
            progress.accept((double) from / order.length);
            int size = Math.min(order.length - from, Math.max(1, from / LARGEST_PART));
            int[] batch = Arrays.stream(order, from, from + size)
                    .filter(point -> point != start)
                    .toArray();
            addBatch(batch);
            from += size;
        }
        pool.forEach(Math.ceilDiv(order.length, POINTS_PER_TASK * 32), task -> {
            int end = Math.min(order.length, (task + 1) * POINTS_PER_TASK * 32);
            for (int point = task * POINTS_PER_TASK * 32; point < end; point++) {
                if (counts[point] > CHOSEN) {
                    chooseAgain(point);
                }
            }
        });
        progress.accept(1);
    }

    private static int[] shuffled(int count, RandomGenerator random) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    private void addBatch(int[] batch) {
        pool.forEach(Math.ceilDiv(batch.length, POINTS_PER_TASK), task -> {
            BeamSearch polled = searches.poll();
            BeamSearch search = polled == null ? new BeamSearch(rows, edges, DEGREE) : polled;
            int end = Math.min(batch.length, (task + 1) * POINTS_PER_TASK);
            for (int i = task * POINTS_PER_TASK; i < end; i++) {
                search.run(start, vector(batch[i]), WIDTH);
                long[] keys = search.expandedKeys();
                setEdges(batch[i], chosen(batch[i], keys));
            }
            searches.add(search);
        });
        linkBack(batch);
    }

    /// Every new edge is answered by one in the other direction.
    private void linkBack(int[] batch) {
        long[] links = Arrays.stream(batch)
                .mapToObj(point -> Arrays.stream(edges, point * DEGREE, point * DEGREE + counts[point])
                        .mapToLong(other -> (long) other << 32 | point))
                .flatMapToLong(each -> each)
                .sorted()
                .toArray();
        int[] firsts = IntStream.range(0, links.length)
                .filter(i -> i == 0 || links[i] >> 32 != links[i - 1] >> 32)
                .toArray();
        pool.forEach(Math.ceilDiv(firsts.length, POINTS_PER_TASK), task -> {
            int end = Math.min(firsts.length, (task + 1) * POINTS_PER_TASK);
            for (int i = task * POINTS_PER_TASK; i < end; i++) {
                int to = i + 1 < firsts.length ? firsts[i + 1] : links.length;
                takeIn((int) (links[firsts[i]] >> 32), links, firsts[i], to);
            }
        });
    }

    private void takeIn(int point, long[] links, int from, int to) {
        int[] present = Arrays.copyOfRange(edges, point * DEGREE, point * DEGREE + counts[point]);
        int[] arriving = LongStream.range(from, to)
                .mapToInt(i -> (int) links[(int) i])
                .filter(other -> Arrays.stream(present).noneMatch(known -> known == other))
                .toArray();
        int[] all = Arrays.copyOf(present, present.length + arriving.length);
        System.arraycopy(arriving, 0, all, present.length, arriving.length);
        setEdges(point, all.length <= DEGREE ? all : chosen(point, keys(point, all)));
    }

    private void chooseAgain(int point) {
        int[] present = Arrays.copyOfRange(edges, point * DEGREE, point * DEGREE + counts[point]);
        setEdges(point, chosen(point, keys(point, present)));
    }

    private void setEdges(int point, int[] chosen) {
        Arrays.fill(edges, point * DEGREE, (point + 1) * DEGREE, -1);
        System.arraycopy(chosen, 0, edges, point * DEGREE, chosen.length);
        counts[point] = chosen.length;
    }

    private ScanVector vector(int point) {
        return ScanVector.of(rows.rows(point, point + 1).toArray());
    }

    private long[] keys(int point, int[] others) {
        float[] products = new float[others.length];
        rows.picked(others, others.length, vector(point), products);
        long[] keys = new long[others.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Candidates.key(-products[i], others[i]);
        }
        return keys;
    }

    /// The candidates that are kept as neighbours: the nearest, and then those to which no kept one is a detour.
    private int[] chosen(int point, long[] candidates) {
        Arrays.sort(candidates);
        int[] kept = new int[CHOSEN];
        float[] products = new float[CHOSEN];
        int count = 0;
        for (int i = 0; i < candidates.length && count < CHOSEN; i++) {
            int candidate = (int) candidates[i];
            if (candidate == point) {
                continue;
            }
            rows.picked(kept, count, vector(candidate), products);
            float limit = (1 + Candidates.distance(candidates[i])) / DETOUR;
            boolean direct = true;
            for (int j = 0; j < count && direct; j++) {
                direct = 1 - products[j] > limit;
            }
            if (direct) {
                kept[count++] = candidate;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private ProximityGraph graph() {
        int[] tight = new int[Math.multiplyExact(rows.rows(), FINAL_DEGREE)];
        Arrays.fill(tight, -1);
        for (int point = 0; point < rows.rows(); point++) {
            System.arraycopy(edges, point * DEGREE, tight, point * FINAL_DEGREE, CHOSEN);
        }
        Reachability.ensure(rows, tight, FINAL_DEGREE, start);
        return new ProximityGraph(rows.rows(), FINAL_DEGREE, start, tight);
    }
}
