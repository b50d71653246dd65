package org.patchlens.analysis.projection.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.TaskPool;
import org.patchlens.tensor.force.MapPoints;
import org.patchlens.tensor.force.PairForces;

class RepulsionTest {
    private static final int POINTS = 1500;

    /// The oracle is the sum over all pairs in double precision. Interpolation on a grid of spacing 0.5 (two axes)
    /// or 0.6 (three) leaves an error of a few in a hundred (root mean square) at the scale of a finished map,
    /// where there is about one point per unit of area, and less while the grid is finer than the kernel.
    @ParameterizedTest
    @CsvSource({
        "2, 0.0001, 0.001",
        "2, 0.1, 0.001",
        "2, 3, 0.005",
        "2, 12, 0.05",
        "3, 0.0001, 0.001",
        "3, 1, 0.01",
        "3, 7, 0.06"
    })
    void forcesAreThoseOfAllPairs(int axes, double scale, double tolerance) {
        float[] positions = positions(axes, scale);
        float[] gradient = new float[positions.length];
        double sum;
        try (TaskPool pool = new TaskPool(2)) {
            Repulsion repulsion = new Repulsion(axes, pool);
            repulsion.charge(positions);
            sum = repulsion.read(positions, gradient);
        }
        double exactSum = 0;
        double error = 0;
        double square = 0;
        for (int i = 0; i < POINTS; i++) {
            double[] exact = new double[axes];
            exactSum += exact(positions, axes, i, exact);
            for (int axis = 0; axis < axes; axis++) {
                error += Math.pow(exact[axis] - gradient[i * axes + axis], 2);
                square += exact[axis] * exact[axis];
            }
        }
        assertThat(Math.sqrt(error / square)).isLessThan(tolerance);
        assertThat(sum / exactSum).isEqualTo(1, within(tolerance));
    }

    /// Few points are summed pair by pair, to the precision of single numbers; many over a grid.
    @ParameterizedTest
    @CsvSource({"2, 1500, true", "2, 12000, false", "3, 1500, true", "3, 30000, false"})
    void fewPointsAreSummedPairByPair(int axes, int size, boolean exact) {
        float[] positions = RandomMatrix.normal(1, size * axes, 8).rowToArray(0);
        MapPoints points = new MapPoints(size, axes);
        points.set(positions);
        float[] pushed = new float[positions.length];
        float[] pairs = new float[positions.length];
        float[] eight = new float[positions.length];
        double sum;
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(8)) {
            sum = new Repulsion(axes, one).push(positions, points, pushed);
            assertThat(new Repulsion(axes, many).push(positions, points, eight)).isEqualTo(sum);
        }
        assertThat(eight).isEqualTo(pushed);
        double exactSum = PairForces.ofThisJava().push(points, pairs, 0, size);
        assertThat(sum / exactSum).isEqualTo(1, within(0.01));
        assertThat(Arrays.equals(pushed, pairs)).isEqualTo(exact);
    }

    private static double exact(float[] positions, int axes, int i, double[] gradient) {
        double sum = 0;
        for (int j = 0; j < POINTS; j++) {
            double square = 0;
            for (int axis = 0; axis < axes; axis++) {
                square += Math.pow((double) positions[i * axes + axis] - positions[j * axes + axis], 2);
            }
            double near = 1 / (1 + square);
            sum += near;
            for (int axis = 0; axis < axes; axis++) {
                gradient[axis] -= 2 * near * near * ((double) positions[i * axes + axis] - positions[j * axes + axis]);
            }
        }
        return sum;
    }

    private static float[] positions(int axes, double scale) {
        FloatMatrix normal = RandomMatrix.normal(1, POINTS * axes, 8);
        float[] positions = normal.rowToArray(0);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) (positions[i] * scale);
        }
        return positions;
    }
}
