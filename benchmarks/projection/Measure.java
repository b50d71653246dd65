import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.analysis.projection.Layouts;
import org.patchlens.analysis.projection.tsne.Tsne;
import org.patchlens.analysis.projection.tsne.TsneSettings;
import org.patchlens.analysis.projection.umap.Umap;
import org.patchlens.analysis.projection.umap.UmapSettings;
import org.patchlens.cluster.KMeans;
import org.patchlens.cluster.KMeansSettings;
import org.patchlens.cluster.Seeding;
import org.patchlens.cluster.hdbscan.GroupSelection;
import org.patchlens.cluster.hdbscan.Hdbscan;
import org.patchlens.cluster.hdbscan.HdbscanSettings;
import org.patchlens.neighbor.ApproximateNeighbors;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.MeasuredGraph;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.neighbor.NeighborSearch;
import org.patchlens.neighbor.SearchMode;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.StreamingCovariance;
import org.patchlens.tensor.TaskPool;

/// Measures one method of ours on the rows of an npy file (float32, C order) and prints one line of JSON, as
/// peers.py beside it does for the peers: `Measure METHOD INPUT.npy OUTPUT.npy THREADS [REPEATS]`.
///
/// The first repeat includes the compilation of the code by the Java runtime.
final class Measure {
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Measure() {}

    public static void main(String[] arguments) throws IOException {
        String method = arguments[0];
        FloatMatrix rows = read(Path.of(arguments[1]));
        int repeats = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1;
        try (TaskPool pool = new TaskPool(Integer.parseInt(arguments[3]))) {
            for (int i = 0; i < repeats; i++) {
                long cpu = PROCESS.getProcessCpuTime();
                long wall = System.nanoTime();
                FloatMatrix result = run(method, rows, pool).get();
                System.out.printf(
                        Locale.ROOT,
                        "{\"method\":\"patchlens_%s\",\"repeat\":%d,\"n\":%d,\"d\":%d,\"wall_s\":%.2f,\"cpu_s\":%.2f,"
                                + "\"load\":%.1f,\"peak_mb\":%d}%n",
                        method,
                        i,
                        rows.rows(),
                        rows.columns(),
                        (System.nanoTime() - wall) / 1e9,
                        (PROCESS.getProcessCpuTime() - cpu) / 1e9,
                        PROCESS.getSystemLoadAverage(),
                        peakMegabytes());
                write(result, Path.of(arguments[2]));
            }
        }
    }

    private static Supplier<FloatMatrix> run(String method, FloatMatrix rows, TaskPool pool) {
        return switch (method) {
            case "pca50" -> () -> scores(rows, pool);
            case "knn90" -> () -> neighbors(ExactNeighbors.of(rows, 90, Metric.EUCLIDEAN, pool));
            case "knn15" -> () -> neighbors(ExactNeighbors.of(rows, 15, Metric.EUCLIDEAN, pool));
            case "knn90_approximate" -> () -> neighbors(approximate(rows, 90, pool));
            case "knn15_approximate" -> () -> neighbors(approximate(rows, 15, pool));
            case "tsne2" -> () -> tsne(rows, 2, pool);
            case "tsne3" -> () -> tsne(rows, 3, pool);
            case "kmeans30" -> () -> kMeans(rows, pool);
            case "hdbscan" -> () -> hdbscan(rows, pool);
            case "umap2" -> () -> umap(rows, 2, pool);
            case "umap3" -> () -> umap(rows, 3, pool);
            default -> throw new IllegalArgumentException(method);
        };
    }

    private static NeighborGraph approximate(FloatMatrix rows, int k, TaskPool pool) {
        MeasuredGraph found = ApproximateNeighbors.of(rows, k, Metric.EUCLIDEAN, pool, share -> {});
        System.err.println("recall " + found.recall());
        return found.graph();
    }

    private static FloatMatrix scores(FloatMatrix rows, TaskPool pool) {
        StreamingCovariance covariance = new StreamingCovariance(rows.columns(), pool);
        covariance.add(rows);
        return PrincipalComponents.of(covariance, 50).scores(rows, pool);
    }

    /// t-SNE of rows that are scores of principal components already, neighbours included.
    private static FloatMatrix tsne(FloatMatrix rows, int axes, TaskPool pool) {
        MeasuredGraph found =
                new NeighborSearch(SearchMode.AUTO, Optional.empty(), pool).of(rows, 90, Metric.EUCLIDEAN, share -> {});
        System.err.println(
                "recall " + found.recall() + ", seconds of the process so far " + PROCESS.getProcessCpuTime() / 1e9);
        NeighborGraph graph = found.graph();
        Tsne map = Tsne.of(graph, rows, TsneSettings.defaults(axes), Layouts.NONE, pool);
        System.err.println("divergence " + map.divergence() + ", after iterations " + map.iterations());
        return map.positions();
    }

    /// One start, as peers.py asks of scikit-learn; the label of each point.
    private static FloatMatrix kMeans(FloatMatrix rows, TaskPool pool) {
        KMeansSettings settings = new KMeansSettings(30, Metric.EUCLIDEAN, Seeding.KMEANS_PLUS_PLUS, 1, 300, 0);
        KMeans found = KMeans.of(rows, settings, pool, share -> {});
        System.err.println("inertia " + found.inertia() + ", iterations " + found.iterations());
        return row(found.labels());
    }

    private static FloatMatrix hdbscan(FloatMatrix rows, TaskPool pool) {
        HdbscanSettings settings = new HdbscanSettings(50, 10, GroupSelection.EXCESS_OF_MASS);
        NeighborGraph graph = ExactNeighbors.of(rows, settings.neighbors(), Metric.EUCLIDEAN, pool);
        Hdbscan found = Hdbscan.of(rows, graph, settings, pool);
        System.err.println("clusters " + found.clusters() + ", exact " + found.isExact());
        return row(found.labels());
    }

    private static FloatMatrix row(int[] labels) {
        FloatMatrix row = FloatMatrix.zeros(1, labels.length);
        for (int i = 0; i < labels.length; i++) {
            row.set(0, i, labels[i]);
        }
        return row;
    }

    /// UMAP of rows that are scores of principal components already, neighbours included.
    private static FloatMatrix umap(FloatMatrix rows, int axes, TaskPool pool) {
        UmapSettings settings = UmapSettings.defaults(axes);
        MeasuredGraph found = new NeighborSearch(SearchMode.AUTO, Optional.empty(), pool)
                .of(rows, settings.neighbors() - 1, Metric.EUCLIDEAN, share -> {});
        System.err.println("recall " + found.recall());
        return Umap.of(found.graph(), rows, settings, Layouts.NONE, pool).positions();
    }

    /// The numbers of the neighbours as floats, exact up to 16 million points.
    private static FloatMatrix neighbors(NeighborGraph graph) {
        FloatMatrix numbers = FloatMatrix.zeros(graph.points(), graph.neighbors());
        for (int i = 0; i < graph.points(); i++) {
            for (int rank = 0; rank < graph.neighbors(); rank++) {
                numbers.set(i, rank, graph.neighbor(i, rank));
            }
        }
        return numbers;
    }

    private static FloatMatrix read(Path file) throws IOException {
        MemorySegment bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.global());
        }
        int headerLength = bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED, 8);
        byte[] text = bytes.asSlice(10, headerLength).toArray(ValueLayout.JAVA_BYTE);
        String header = new String(text, StandardCharsets.US_ASCII);
        Matcher shape = Pattern.compile("'<f4'.*\\((\\d+), (\\d+)\\)").matcher(header);
        if (!shape.find()) {
            throw new IOException(file + " is no float32 matrix: " + header);
        }
        int rows = Integer.parseInt(shape.group(1));
        int columns = Integer.parseInt(shape.group(2));
        long size = (long) rows * columns * Float.BYTES;
        return FloatMatrix.over(bytes.asSlice(10 + headerLength, size), rows, columns);
    }

    /// The largest resident size so far, mapped files included.
    private static long peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static void write(FloatMatrix matrix, Path file) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
                .formatted(matrix.rows(), matrix.columns());
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(128 + Math.toIntExact(matrix.size() * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) 118).put(padded.getBytes(StandardCharsets.US_ASCII));
        bytes.put(matrix.segment().asByteBuffer());
        Files.write(file, bytes.array());
    }
}
