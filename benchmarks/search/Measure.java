import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import org.patchlens.neighbor.BeamSearch;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.ProximityGraph;
import org.patchlens.neighbor.ProximityGraphBuilder;
import org.patchlens.neighbor.SignCodes;
import org.patchlens.patch.LayerPatches;
import org.patchlens.patch.PatchQuery;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.patch.Reduction;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.TaskPool;

/// Measures the search for similar patches and prints lines of JSON; ratios are of things that took turns.
///
/// ```
/// Measure scan ROWS DIMENSIONS half|single THREADS ROUNDS   all rows times a vector, beside reading them
/// Measure study FOLDER IMAGES SIDE DIMENSIONS               makes a study of random patches, SIDE x SIDE each
/// Measure map STUDY THREADS ROUNDS                          a heat map of one image, and of all
/// Measure search STUDY THREADS ROUNDS                       the 20 nearest of all patches, beside reading
/// Measure graph ROWS.npy THREADS ROUNDS                     the exact graph of 90 neighbours, beside BLAS
/// Measure index ROWS.npy THREADS                            recall@10 and time of index queries, one thread
/// ```
///
/// ROWS.npy is a matrix of float32 in C order; peers.py beside this measures the peers on the same file.
final class Measure {
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TASK_ROWS = 4096;

    private static long step = LongVector.SPECIES_PREFERRED.vectorByteSize();

    private Measure() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "scan" -> scan(arguments);
            case "study" -> MadeUpStudy.write(arguments);
            case "map" -> map(arguments);
            case "search" -> search(arguments);
            case "graph" -> graph(arguments);
            case "index" -> index(arguments);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(
                Locale.ROOT, "{" + format + ", \"load\": %.1f}%n", append(values, PROCESS.getSystemLoadAverage()));
    }

    private static Object[] append(Object[] values, Object last) {
        Object[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = last;
        return more;
    }

    private interface Work {
        void run();
    }

    private static double seconds(Work work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void scan(String[] arguments) {
        int rows = Integer.parseInt(arguments[1]);
        int columns = Integer.parseInt(arguments[2]);
        StoredRows.Precision precision = StoredRows.Precision.valueOf(arguments[3].toUpperCase(Locale.ROOT));
        int threads = Integer.parseInt(arguments[4]);
        int rounds = Integer.parseInt(arguments[5]);
        StoredRows stored = Rows.random(rows, columns, precision);
        float[] vector = new float[columns];
        for (int i = 0; i < columns; i++) {
            vector[i] = (float) Math.sin(i);
        }
        float[] out = new float[rows];
        int tasks = Math.ceilDiv(rows, TASK_ROWS);
        long[] sink = new long[tasks];
        try (TaskPool pool = new TaskPool(threads)) {
            race(
                    String.format("\"scan\": \"%d x %d %s\", \"threads\": %d", rows, columns, precision, threads),
                    stored.memory().byteSize(),
                    rounds,
                    () -> pool.forEach(tasks, task -> sink[task] = read(part(stored, task))),
                    () -> pool.forEach(tasks, task -> part(stored, task).products(vector, out, task * TASK_ROWS)));
        }
    }

    /// Reading and searching in turns. The ratio of all CPU time, whose clock may tick slowly, is what others
    /// disturb least: it counts what a core waits for the memory, and not what a thread waits for a core.
    private static void race(String what, long bytes, int rounds, Work reading, Work searching) {
        double[][] seconds = new double[3][rounds];
        double[] used = new double[2];
        for (int round = -20; round < rounds; round++) {
            long[] cpu = new long[3];
            cpu[0] = PROCESS.getProcessCpuTime();
            double read = seconds(reading);
            cpu[1] = PROCESS.getProcessCpuTime();
            double searched = seconds(searching);
            cpu[2] = PROCESS.getProcessCpuTime();
            if (round >= 0) {
                seconds[0][round] = read;
                seconds[1][round] = searched;
                seconds[2][round] = read / searched;
                used[0] += cpu[1] - cpu[0];
                used[1] += cpu[2] - cpu[1];
            }
        }
        print(
                what + ", \"read_gb_s\": %.1f, \"search_gb_s\": %.1f, \"search_ms\": %.2f, \"best_ms\": %.2f,"
                        + " \"ratio\": %.2f, \"ratio_of_cpu\": %.2f",
                bytes / 1e9 / median(seconds[0]),
                bytes / 1e9 / median(seconds[1]),
                1e3 * median(seconds[1]),
                1e3 * least(seconds[1]),
                median(seconds[2]),
                used[0] / used[1]);
    }

    private static double least(double[] numbers) {
        return Arrays.stream(numbers).min().orElseThrow();
    }

    private static StoredRows part(StoredRows rows, int task) {
        return rows.rows(task * TASK_ROWS, Math.min(rows.rows(), (task + 1) * TASK_ROWS));
    }

    /// Reads every byte, with nothing to do but to add. The step is no constant, so that the loop is not unrolled
    /// and reads upwards: the fastest of five forms that were tried.
    private static long read(StoredRows rows) {
        MemorySegment memory = rows.memory();
        LongVector sum = LongVector.zero(LongVector.SPECIES_PREFERRED);
        for (long at = 0; at < memory.byteSize(); at += step) {
            sum = sum.add(
                    LongVector.fromMemorySegment(LongVector.SPECIES_PREFERRED, memory, at, ByteOrder.LITTLE_ENDIAN));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static void map(String[] arguments) {
        int threads = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        try (Study study = Study.open(Path.of(arguments[1]));
                TaskPool pool = new TaskPool(threads)) {
            PatchSimilarity similarity =
                    PatchSimilarity.of(LayerPatches.of(study, study.deepestLayer(), pool), Reduction.CENTER, pool);
            List<Integer> images =
                    IntStream.range(0, study.images().size()).boxed().toList();
            double[] one = new double[rounds];
            double[] all = new double[rounds];
            for (int round = -20; round < rounds; round++) {
                int patch = Math.floorMod(31 * round, similarity.patches().perImage());
                double single = seconds(() -> similarity.map(similarity.query(0, List.of(patch)), 1));
                double every = seconds(() -> {
                    PatchQuery query = similarity.query(0, List.of(patch));
                    similarity.maps(query, images, pool);
                });
                if (round >= 0) {
                    one[round] = single;
                    all[round] = every;
                }
            }
            print(
                    "\"map\": \"%d images x %d patches x %d %s\", \"threads\": %d, \"one_image_ms\": %.3f,"
                            + " \"all_images_ms\": %.2f, \"best_all_images_ms\": %.2f",
                    images.size(),
                    similarity.patches().perImage(),
                    similarity.patches().dimensions(),
                    study.manifest().dtype(),
                    threads,
                    1e3 * median(one),
                    1e3 * median(all),
                    1e3 * least(all));
        }
    }

    /// The whole search, as `patchlens neighbors` does it, beside nothing but reading the rows.
    private static void search(String[] arguments) {
        int threads = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        try (Study study = Study.open(Path.of(arguments[1]));
                TaskPool pool = new TaskPool(threads)) {
            LayerPatches patches = LayerPatches.of(study, study.deepestLayer(), pool);
            PatchSimilarity similarity = PatchSimilarity.of(patches, Reduction.CENTER, pool);
            BitSet images = new BitSet();
            images.set(0, patches.images());
            int perTask = Math.max(1, TASK_ROWS / patches.perImage());
            int tasks = Math.ceilDiv(patches.images(), perTask);
            long[] sink = new long[patches.images()];
            int[] asked = new int[1];
            race(
                    String.format(
                            "\"search\": \"%d patches x %d %s\", \"threads\": %d",
                            patches.images() * patches.perImage(),
                            patches.dimensions(),
                            study.manifest().dtype(),
                            threads),
                    patches.images() * patches.rows(0).memory().byteSize(),
                    rounds,
                    () -> pool.forEach(tasks, task -> {
                        for (int i = task * perTask; i < Math.min(sink.length, (task + 1) * perTask); i++) {
                            sink[i] = read(patches.rows(i));
                        }
                    }),
                    () -> {
                        int patch = 31 * asked[0]++ % patches.perImage();
                        similarity.nearest(similarity.query(0, List.of(patch)), 20, images, true, pool);
                    });
        }
    }

    private static void graph(String[] arguments) throws IOException {
        FloatMatrix rows = Rows.read(Path.of(arguments[1]));
        int rounds = Integer.parseInt(arguments[3]);
        int block = 1024;
        try (TaskPool pool = new TaskPool(Integer.parseInt(arguments[2]))) {
            for (int round = 0; round < rounds; round++) {
                long cpu = PROCESS.getProcessCpuTime();
                pool.forEach(
                        60,
                        task -> MatrixProduct.multiply(
                                Panel.of(rows.rows(0, block)),
                                Panel.of(rows.rows(block, 2 * block)).transpose(),
                                Panel.of(new float[block * block], block, block)));
                double peak = 2.0 * block * block * rows.columns() * 60 / (PROCESS.getProcessCpuTime() - cpu);
                cpu = PROCESS.getProcessCpuTime();
                double wall = seconds(() -> ExactNeighbors.of(rows, 90, Metric.EUCLIDEAN, pool));
                double used = PROCESS.getProcessCpuTime() - cpu;
                double executed = (double) rows.rows() * rows.rows() * rows.columns() / used;
                print(
                        "\"graph\": \"%d x %d, k 90\", \"round\": %d, \"wall_s\": %.1f, \"cpu_s\": %.1f,"
                                + " \"peak_gflops_per_cpu\": %.0f, \"ratio_of_executed\": %.2f,"
                                + " \"ratio_as_brute_force\": %.2f",
                        rows.rows(),
                        rows.columns(),
                        round,
                        wall,
                        used / 1e9,
                        peak,
                        executed / peak,
                        2 * executed / peak);
            }
        }
    }

    private static void index(String[] arguments) throws IOException {
        FloatMatrix rows = Rows.read(Path.of(arguments[1]));
        int queries = 1000;
        int points = rows.rows() - queries;
        StoredRows stored = StoredRows.ofHalves(points, rows.columns());
        stored.write(0, rows.rows(0, points));
        try (TaskPool pool = new TaskPool(Integer.parseInt(arguments[2]))) {
            long cpu = PROCESS.getProcessCpuTime();
            ProximityGraph[] made = new ProximityGraph[1];
            double wall = seconds(() -> made[0] = ProximityGraphBuilder.of(stored, new Seed(1), pool, done -> {}));
            print(
                    "\"index_build\": \"%d x %d\", \"wall_s\": %.1f, \"cpu_s\": %.1f",
                    points, rows.columns(), wall, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
            StoredRows exact = StoredRows.of(rows.rows(0, points));
            int[][] nearest = new int[queries][];
            pool.forEach(queries, i -> {
                float[] products = new float[points];
                exact.products(rows.rowToArray(points + i), products, 0);
                nearest[i] = best(products, 10);
            });
            BeamSearch search = new BeamSearch(made[0], stored, SignCodes.of(stored));
            float[][] vectors = new float[queries][];
            Arrays.setAll(vectors, i -> rows.rowToArray(points + i));
            for (int width : new int[] {6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384}) {
                double[] times = new double[5];
                int[] right = new int[1];
                long used = 0;
                for (int round = -20; round < times.length; round++) {
                    used = round == 0 ? THREADS.getCurrentThreadCpuTime() : used;
                    right[0] = 0;
                    double taken = seconds(() -> {
                        for (int i = 0; i < queries; i++) {
                            right[0] += common(ask(search, made[0], exact, vectors[i], width), nearest[i]);
                        }
                    });
                    if (round >= 0) {
                        times[round] = taken;
                    }
                }
                double recall = right[0] / 10.0 / queries;
                print(
                        "\"index\": \"%d x %d\", \"width\": %d, \"recall10\": %.4f, \"us_per_query\": %.0f,"
                                + " \"cpu_us_per_query\": %.0f",
                        points,
                        rows.columns(),
                        width,
                        recall,
                        1e6 * median(times) / queries,
                        (THREADS.getCurrentThreadCpuTime() - used) / 1e3 / queries / times.length);
                if (recall > 0.99) {
                    break;
                }
            }
        }
    }

    /// The ten best of the first 16 that a search finds, ranked by the products of the rows themselves, as
    /// PatchIndex does.
    private static int[] ask(BeamSearch search, ProximityGraph graph, StoredRows exact, float[] query, int width) {
        ScanVector vector = ScanVector.of(query);
        search.run(graph.start(), vector, width);
        int[] candidates = search.ranked(point -> true);
        int count = Math.min(16, candidates.length);
        float[] products = new float[count];
        exact.picked(candidates, count, vector, products);
        int[] best = best(products, 10);
        for (int i = 0; i < best.length; i++) {
            best[i] = candidates[best[i]];
        }
        return best;
    }

    private static int[] best(float[] values, int most) {
        int[] best = new int[Math.min(most, values.length)];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (count == best.length && values[i] <= values[best[count - 1]]) {
                continue;
            }
            int place = count < best.length ? count++ : count - 1;
            while (place > 0 && values[best[place - 1]] < values[i]) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = i;
        }
        return best;
    }

    private static int common(int[] a, int[] b) {
        int common = 0;
        for (int x : a) {
            for (int y : b) {
                common += x == y ? 1 : 0;
            }
        }
        return common;
    }
}
