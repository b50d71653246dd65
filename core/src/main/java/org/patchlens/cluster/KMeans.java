package org.patchlens.cluster;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import org.patchlens.neighbor.Metric;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// K centres such that the sum of the squared distances of points to the nearest is a local minimum, by Lloyd's
/// iterations (Lloyd 1982, "Least squares quantization in PCM").
///
/// Distances come from matrix products in single precision, sums of rows are kept in double; the inertia that is
/// reported, and by which starts are compared, is computed from the rows themselves in double precision. N K D
/// operations per iteration; memory beside the rows: 12 bytes per point and 64 K D doubles at most.
public final class KMeans {
    /// The centres have stopped once their squared moves add up to this share of the mean variance.
    private static final double TOLERANCE = 1e-4;

    private final FloatMatrix centers;
    private final int[] labels;
    private final double inertia;
    private final int iterations;

    private KMeans(FloatMatrix centers, int[] labels, double inertia, int iterations) {
        this.centers = centers;
        this.labels = labels;
        this.inertia = inertia;
        this.iterations = iterations;
    }

    /// Groups points.
    ///
    /// @param rows `float[N][D]`, finite, N at least K; for distances that are small beside the coordinates
    ///     subtract the mean first
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    public static KMeans of(FloatMatrix rows, KMeansSettings settings, TaskPool pool, DoubleConsumer progress) {
        if (rows.rows() < settings.clusters()) {
            throw new IllegalArgumentException(rows.rows() + " points for " + settings.clusters() + " clusters");
        }
        boolean cosine = settings.metric() == Metric.COSINE;
        FloatMatrix points = cosine ? unit(rows) : rows;
        CenterSeeds seeds = new CenterSeeds(points, settings, pool);
        Assignment assignment = new Assignment(points, settings.clusters(), pool);
        double enough = TOLERANCE * meanVariance(points);
        Seed seed = new Seed(settings.seed());
        progress.accept(0);
        KMeans best = null;
        for (int start = 0; start < settings.restarts(); start++) {
            progress.accept((double) start / settings.restarts());
            CenterSeeds.Drawn drawn = seeds.draw(seed.task(start));
            FloatMatrix centers = drawn.centers();
            if (drawn.sample().rows() < points.rows()) {
                Assignment ofSample = new Assignment(drawn.sample(), settings.clusters(), pool);
                centers = descend(ofSample, centers, cosine, enough, settings.iterations()).centers;
            }
            KMeans found = descend(assignment, centers, cosine, enough, settings.iterations());
            best = best == null || found.inertia < best.inertia ? found : best;
        }
        return Objects.requireNonNull(best);
    }

    /// Bounds are kept in single precision: at the end all points are compared again.
    private static KMeans descend(
            Assignment assignment, FloatMatrix centers, boolean cosine, double enough, int iterations) {
        assignment.forget();
        CenterMoves moves = CenterMoves.unknown(centers.rows());
        boolean resting = false;
        for (int iteration = 1; ; iteration++) {
            boolean changed = assignment.assign(centers, moves);
            if (resting || iteration == iterations) {
                return new KMeans(centers, assignment.labels(), assignment.inertia(centers), iteration);
            }
            moves = assignment.moveCenters(centers, cosine);
            resting = !changed || moves.squared() <= enough;
            moves = resting ? CenterMoves.unknown(centers.rows()) : moves;
        }
    }

    /// The rows scaled to length 1; a row of zeros stays.
    static FloatMatrix unit(FloatMatrix rows) {
        FloatMatrix unit = FloatMatrix.zeros(rows.rows(), rows.columns());
        float[] norms = Kernels.rowNorms(rows);
        for (int row = 0; row < rows.rows(); row++) {
            for (int i = 0; i < rows.columns() && norms[row] > 0; i++) {
                unit.set(row, i, rows.get(row, i) / norms[row]);
            }
        }
        return unit;
    }

    private static double meanVariance(FloatMatrix rows) {
        double[] sums = new double[rows.columns()];
        double squares = 0;
        for (int row = 0; row < rows.rows(); row++) {
            float[] values = rows.rowToArray(row);
            for (int i = 0; i < values.length; i++) {
                sums[i] += values[i];
                squares += (double) values[i] * values[i];
            }
        }
        double ofMeans = Arrays.stream(sums).map(sum -> sum * sum / rows.rows()).sum();
        return Math.max(0, squares - ofMeans) / rows.size();
    }

    /// The centres, `float[K][D]`.
    public FloatMatrix centers() {
        return centers;
    }

    /// The cluster of every point, 0 to K - 1; a copy.
    public int[] labels() {
        return labels.clone();
    }

    /// The sum of the squared distances of the points to their centres; for the cosine, of rows and centres of
    /// length 1.
    public double inertia() {
        return inertia;
    }

    /// Iterations of the start that was best.
    public int iterations() {
        return iterations;
    }
}
