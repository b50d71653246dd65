package org.patchlens.analysis.projection.tsne;

import java.util.Arrays;
import java.util.Optional;
import org.patchlens.tensor.FourierTransform;
import org.patchlens.tensor.TaskPool;
import org.patchlens.tensor.force.MapPoints;
import org.patchlens.tensor.force.PairForces;

/// What pushes points apart: the potential of each point, the sum over all points j of 1 / (1 + |y - y(j)|^2), and
/// its gradient, which is -2 times the sum of (y - y(j)) / (1 + |y - y(j)|^2)^2.
///
/// Charges are spread over a grid with cubic splines, the grid is convolved with the kernel, and the splines read
/// the potential and its gradient. At a spacing of 0.4 forces are right to a few in a hundred (root mean square),
/// which t-SNE's cost does not feel; while the points are close together the grid is finer.
///
/// Not safe for several threads.
final class Repulsion {
    /// Parts of the points whose charges are spread on grids of their own; fixed, so that sums have one order.
    private static final int PARTS = 4;

    private static final int POINTS_PER_TASK = 1024;
    private static final int POINTS_PER_PAIR_TASK = 64;

    /// The cells over the span of the points while that is small.
    private static final int FEWEST_CELLS = 80;

    /// The time that a pair of points, a cell of the padded grid, and a point that is spread and read take beside
    /// each other, measured on one core with vectors of 512 bits; in 10^-10 s.
    private static final double PAIR_COST = 1.1;

    private static final double CELL_COST = 40;

    private static final PairForces FORCES = PairForces.ofThisJava();

    private final int axes;
    private final TaskPool pool;
    private final double pointCost;
    private final double widestSpacing;
    private final int longestTransform;
    private Optional<Prepared> prepared = Optional.empty();
    private float[][] parts = new float[0][];
    private float[] field = new float[0];
    private Optional<PointGrid> grid = Optional.empty();
    private int charges;

    /// How fine a grid is. Spacings below the widest go in steps of the square root of 2, so that the spectrum
    /// serves several iterations.
    ///
    /// @param length of the transforms
    /// @param shift subtracted from the kernel
    private record Size(int length, double spacing, double shift) {
        static Size of(double span, double widest, int longest) {
            double spacing = widest;
            double shift = 0;
            if (span < FEWEST_CELLS * widest) {
                double finest = Math.max(span, 1e-12) / FEWEST_CELLS;
                spacing = widest * Math.pow(2, Math.floor(2 * Math.log(finest / widest) / Math.log(2)) / 2);
                shift = 1;
            }
            double side = Math.ceil(span / spacing) + PointGrid.MARGIN;
            int length = side > longest ? longest + 1 : FourierTransform.lengthFor(2 * (int) side);
            return length <= longest
                    ? new Size(length, spacing, shift)
                    : new Size(longest, span / (longest / 2.0 - PointGrid.MARGIN), shift);
        }
    }

    /// What depends on the size of the grid alone.
    private record Prepared(
            GridConvolution convolution, KernelSpectrum kernel, int length, double spacing, double shift) {
        boolean fits(int otherLength, double otherSpacing, double otherShift) {
            return length == otherLength && spacing == otherSpacing && shift == otherShift;
        }
    }

    /// @param axes 2 or 3
    Repulsion(int axes, TaskPool pool) {
        this.axes = axes;
        this.pool = pool;
        pointCost = axes == 2 ? 800 : 2500;
        widestSpacing = axes == 2 ? 0.4 : 0.6;
        longestTransform = axes == 2 ? 4096 : 432;
    }

    /// Writes the gradient of the potential at each point, and returns the sum of the potentials: over all pairs
    /// of points where that takes less time than the grid.
    ///
    /// @param positions point after point
    /// @param points the same
    /// @param gradient written, as long as `positions`
    double push(float[] positions, MapPoints points, float[] gradient) {
        double pairs = PAIR_COST * points.size() * points.size();
        if (pairs >= gridCost(PointGrid.Bounds.of(positions, axes).span(), points.size())) {
            charge(positions);
            return read(positions, gradient);
        }
        double[] sums = new double[Math.ceilDiv(points.size(), POINTS_PER_PAIR_TASK)];
        pool.forEach(sums.length, task -> {
            int end = Math.min(points.size(), (task + 1) * POINTS_PER_PAIR_TASK);
            sums[task] = FORCES.push(points, gradient, task * POINTS_PER_PAIR_TASK, end);
        });
        return Arrays.stream(sums).sum();
    }

    /// Depends on the positions alone, so that the same way is taken for any number of threads.
    private double gridCost(double span, int points) {
        return CELL_COST * Math.pow(Size.of(span, widestSpacing, longestTransform).length, axes) + pointCost * points;
    }

    /// Takes the points as charges of 1 and computes the potential everywhere.
    ///
    /// @param positions point after point
    void charge(float[] positions) {
        PointGrid.Bounds bounds = PointGrid.Bounds.of(positions, axes);
        Prepared ready = prepare(bounds.span());
        PointGrid around = PointGrid.around(bounds, ready.convolution.side(), (float) ready.spacing);
        int size = axes == 2 ? around.side() * around.side() : around.side() * around.side() * around.side();
        if (field.length != size) {
            field = new float[size];
            parts = new float[PARTS][size];
        }
        spread(positions, around);
        ready.convolution.apply(field, ready.kernel);
        grid = Optional.of(around);
    }

    /// Reads the gradient of the potential at each point, and returns the sum of the potentials.
    ///
    /// @param positions within the bounds of the charges
    /// @param gradient written, as long as `positions`
    double read(float[] positions, float[] gradient) {
        PointGrid around = grid.orElseThrow(() -> new IllegalStateException("nothing has been charged"));
        int points = positions.length / axes;
        double shift = prepared.orElseThrow().shift * charges;
        double[] sums = new double[Math.ceilDiv(points, POINTS_PER_TASK)];
        pool.forEach(sums.length, task -> {
            FieldReader reader = new FieldReader(around, axes, field);
            int end = Math.min(points, (task + 1) * POINTS_PER_TASK);
            for (int i = task * POINTS_PER_TASK; i < end; i++) {
                sums[task] += reader.read(positions, gradient, i * axes) + shift;
            }
        });
        return Arrays.stream(sums).sum();
    }

    /// Reads the potential and its gradient at places that are no charges themselves.
    ///
    /// @param positions anywhere within the bounds of the charges
    /// @param gradient written, as long as `positions`
    /// @param potentials written, one per place
    void probe(float[] positions, float[] gradient, float[] potentials) {
        PointGrid around = grid.orElseThrow(() -> new IllegalStateException("nothing has been charged"));
        float shift = (float) (prepared.orElseThrow().shift * charges);
        pool.forEach(Math.ceilDiv(potentials.length, POINTS_PER_TASK), task -> {
            FieldReader reader = new FieldReader(around, axes, field);
            int end = Math.min(potentials.length, (task + 1) * POINTS_PER_TASK);
            for (int i = task * POINTS_PER_TASK; i < end; i++) {
                potentials[i] = reader.read(positions, gradient, i * axes) + shift;
            }
        });
    }

    private void spread(float[] positions, PointGrid around) {
        int points = positions.length / axes;
        charges = points;
        pool.forEach(PARTS, part -> {
            Arrays.fill(parts[part], 0);
            FieldReader writer = new FieldReader(around, axes, parts[part]);
            int end = (int) ((long) points * (part + 1) / PARTS);
            for (int i = (int) ((long) points * part / PARTS); i < end; i++) {
                writer.add(positions, i * axes);
            }
        });
        int slices = around.side();
        int slice = field.length / slices;
        pool.forEach(slices, task -> {
            for (int i = task * slice; i < (task + 1) * slice; i++) {
                field[i] = (parts[0][i] + parts[1][i]) + (parts[2][i] + parts[3][i]);
            }
        });
    }

    /// A grid for points of this span.
    private Prepared prepare(double span) {
        Size size = Size.of(span, widestSpacing, longestTransform);
        int length = size.length;
        double spacing = size.spacing;
        double shift = size.shift;
        if (prepared.isPresent() && prepared.get().fits(length, spacing, shift)) {
            return prepared.get();
        }
        FourierTransform transform = new FourierTransform(length);
        GridConvolution convolution = prepared.filter(p -> p.length == length)
                .map(Prepared::convolution)
                .orElseGet(() -> new GridConvolution(axes, transform, pool));
        KernelSpectrum kernel = KernelSpectrum.of(axes, transform, spacing, shift, pool);
        Prepared made = new Prepared(convolution, kernel, length, spacing, shift);
        prepared = Optional.of(made);
        return made;
    }
}
