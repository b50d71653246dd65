package org.patchlens.tensor.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.tensor.RandomMatrix;

/// Both twins against the definition in double precision, with rows and numbers of points around every width of a
/// vector. A sum of some hundred numbers in single precision is right to some hundred times 2^-24 of the sum of
/// their sizes.
class PairForcesTest {
    static Stream<Arguments> cases() {
        return twins().flatMap(forces -> IntStream.of(2, 3)
                .boxed()
                .flatMap(axes -> IntStream.of(1, 3, 4, 5, 15, 16, 17, 33, 100)
                        .mapToObj(points -> Arguments.of(forces, axes, points))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pullsAreThoseOfTheDefinition(PairForces forces, int axes, int size) {
        MapPoints points = points(size, axes);
        SparseRows rows = rows(size);
        float[] force = new float[size * axes];
        forces.pull(rows, points, force, 0, size);
        for (int i = 0; i < size; i++) {
            for (int axis = 0; axis < axes; axis++) {
                double expected = 0;
                for (int e = rows.starts()[i]; e < rows.starts()[i + 1]; e++) {
                    int j = rows.columns()[e];
                    expected += rows.values()[e]
                            / (1 + square(points, i, j))
                            * ((double) points.column(axis)[i] - points.column(axis)[j]);
                }
                assertThat((double) force[i * axes + axis]).isEqualTo(expected, within(2e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logarithmsAreThoseOfTheDefinition(PairForces forces, int axes, int size) {
        MapPoints points = points(size, axes);
        SparseRows rows = rows(size);
        double expected = 0;
        for (int i = 0; i < size; i++) {
            for (int e = rows.starts()[i]; e < rows.starts()[i + 1]; e++) {
                expected += rows.values()[e] * Math.log(1 + square(points, i, rows.columns()[e]));
            }
        }
        assertThat(forces.logarithms(rows, points, 0, size)).isEqualTo(expected, within(1e-6 * expected + 1e-7));
    }

    /// One distance at a time, over powers of 2 and the places between them.
    @ParameterizedTest
    @MethodSource("twins")
    void everyLogarithmIsThatOfTheDefinition(PairForces forces) {
        int[] columns = new int[16];
        Arrays.fill(columns, 1);
        float[] values = new float[16];
        Arrays.fill(values, 1f / 16);
        SparseRows rows = new SparseRows(new int[] {0, 16, 16}, columns, values);
        MapPoints points = new MapPoints(2, 2);
        for (float distance = 1e-3f; distance < 1e6f; distance *= 1.07f) {
            points.set(new float[] {0, 0, distance, 0});
            double expected = Math.log1p((double) distance * distance);
            // the argument 1 + r^2 is rounded to 2^-24 of itself
            assertThat(forces.logarithms(rows, points, 0, 2)).isEqualTo(expected, within(1.2e-7 + 3e-7 * expected));
        }
    }

    static Stream<PairForces> twins() {
        return Stream.of(new VectorPairForces(), new ScalarPairForces());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pushesAreThoseOfTheDefinition(PairForces forces, int axes, int size) {
        MapPoints points = points(size, axes);
        float[] gradient = new float[size * axes];
        double sum = forces.push(points, gradient, 0, size);
        double expectedSum = 0;
        for (int i = 0; i < size; i++) {
            double[] expected = new double[axes];
            for (int j = 0; j < size; j++) {
                double near = 1 / (1 + square(points, i, j));
                expectedSum += near;
                for (int axis = 0; axis < axes; axis++) {
                    expected[axis] -= 2 * near * near * ((double) points.column(axis)[i] - points.column(axis)[j]);
                }
            }
            for (int axis = 0; axis < axes; axis++) {
                assertThat((double) gradient[i * axes + axis]).isEqualTo(expected[axis], within(2e-5));
            }
        }
        assertThat(sum).isEqualTo(expectedSum, within(1e-6 * expectedSum));
    }

    /// Distances from 0.001 to 1000: the logarithm's argument passes through many powers of 2.
    private static MapPoints points(int size, int axes) {
        float[] positions = RandomMatrix.normal(1, size * axes, 5).rowToArray(0);
        for (int i = 0; i < positions.length; i++) {
            positions[i] *= (float) Math.pow(10, i / axes % 7 - 3);
        }
        MapPoints points = new MapPoints(size, axes);
        points.set(positions);
        return points;
    }

    /// Row i has i + 1 elements.
    private static SparseRows rows(int size) {
        int[] starts = new int[size + 1];
        for (int i = 0; i < size; i++) {
            starts[i + 1] = starts[i] + i + 1;
        }
        int[] columns = new int[starts[size]];
        float[] values = new float[columns.length];
        for (int e = 0; e < columns.length; e++) {
            columns[e] = e * 7 % size;
            values[e] = (1 + e % 10) * 0.01f;
        }
        return new SparseRows(starts, columns, values);
    }

    private static double square(MapPoints points, int i, int j) {
        double square = 0;
        for (int axis = 0; axis < points.axes(); axis++) {
            square += Math.pow((double) points.column(axis)[i] - points.column(axis)[j], 2);
        }
        return square;
    }
}
