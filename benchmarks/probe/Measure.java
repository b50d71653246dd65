import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.patchlens.learning.CrossValidation;
import org.patchlens.learning.Learner;
import org.patchlens.learning.LogisticRegression;
import org.patchlens.learning.RidgePermutation;
import org.patchlens.learning.Targets;
import org.patchlens.learning.TrainingSet;
import org.patchlens.stats.Groups;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Measures probes on rows and classes in npy files (float32, C order; classes as floats) and prints a line of
/// JSON per repeat: `Measure logistic|layers|permutation ROWS.npy CLASSES.npy STRENGTH THREADS REPEATS`. peers.py
/// beside it makes the data and runs scikit-learn on it.
///
/// The first repeat includes the compilation of the code by the Java runtime.
final class Measure {
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Measure() {}

    public static void main(String[] arguments) throws IOException {
        FloatMatrix rows = read(Path.of(arguments[1]));
        FloatMatrix column = read(Path.of(arguments[2]));
        int[] classOf =
                IntStream.range(0, rows.rows()).map(i -> (int) column.get(i, 0)).toArray();
        int threads = Integer.parseInt(arguments[4]);
        for (int repeat = 0; repeat < Integer.parseInt(arguments[5]); repeat++) {
            long cpu = PROCESS.getProcessCpuTime();
            long wall = System.nanoTime();
            String result = run(arguments[0], rows, classOf, Double.parseDouble(arguments[3]), threads);
            System.out.printf(
                    Locale.ROOT,
                    "{\"who\":\"patchlens\",\"what\":\"%s\",\"repeat\":%d,\"threads\":%d,\"wall_s\":%.2f,"
                            + "\"cpu_s\":%.2f,\"load\":%.1f,%s}%n",
                    arguments[0],
                    repeat,
                    threads,
                    (System.nanoTime() - wall) / 1e9,
                    (PROCESS.getProcessCpuTime() - cpu) / 1e9,
                    PROCESS.getSystemLoadAverage(),
                    result);
        }
    }

    private static String run(String what, FloatMatrix rows, int[] classOf, double strength, int threads) {
        int classes = IntStream.of(classOf).max().orElseThrow() + 1;
        try (TaskPool pool = new TaskPool(threads)) {
            return switch (what) {
                case "logistic" -> {
                    LogisticRegression.Fit fit = new LogisticRegression(
                                    rows, LogisticRegression.targets(classOf, classes), pool, 1e-7)
                            .fit(strength);
                    yield String.format(
                            Locale.ROOT, "\"objective\":%.5f,\"iterations\":%d", fit.objective(), fit.iterations());
                }
                case "layers" -> {
                    CrossValidation validation = CrossValidation.of(
                            Targets.classes(classOf, classes), Groups.ofSingleRows(classOf.length), 5, 1, new Seed(1));
                    int[] each = IntStream.range(0, classOf.length).toArray();
                    Learner learner = new Learner.Logistic(List.of(1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0));
                    for (int layer = 0; layer < 12; layer++) {
                        validation.run(rows, each, learner, threads, done -> {});
                    }
                    yield "\"layers\":12,\"folds\":5,\"strengths\":7";
                }
                case "permutation" -> {
                    Targets targets = Targets.classes(classOf, classes);
                    Groups groups = Groups.ofSingleRows(classOf.length);
                    TrainingSet set = new TrainingSet(rows, targets, groups, new Seed(1));
                    CrossValidation validation = CrossValidation.of(targets, groups, 5, 1, new Seed(1));
                    RidgePermutation test = RidgePermutation.of(set, validation.splits(), 999, pool);
                    yield "\"p\":" + test.pValue();
                }
                default -> throw new IllegalArgumentException(what);
            };
        }
    }

    private static FloatMatrix read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8) & 0xffff;
        String text = new String(bytes, 10, header, StandardCharsets.US_ASCII);
        Matcher shape = Pattern.compile("\\((\\d+), (\\d+)\\)").matcher(text);
        if (!shape.find() || !text.contains("'<f4'") || text.contains("'fortran_order': True")) {
            throw new IOException(file + " is no matrix of float32: " + text);
        }
        int rows = Integer.parseInt(shape.group(1));
        int columns = Integer.parseInt(shape.group(2));
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        matrix.segment().copyFrom(MemorySegment.ofArray(bytes).asSlice(10 + header));
        return matrix;
    }
}
