package org.patchlens.tensor.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.tensor.Seed;

/// Points 0 to 15 move. Point i has i neighbours among the other 37.
class PointMotionTest {
    private static final int POINTS = 53;
    private static final CurveForces CURVE = new CurveForces(1.577f, 0.895f);

    static Stream<PointMotion> twins() {
        return Stream.of(new VectorPointMotion(), new ScalarPointMotion());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theTwinsGiveTheSameBits(int axes) {
        MapPoints first = points(axes);
        MapPoints second = points(axes);
        for (int epoch = 0; epoch < 20; epoch++) {
            move(new VectorPointMotion(), first, 0.7f, epoch, crowd(POINTS, axes));
            move(new ScalarPointMotion(), second, 0.7f, epoch, crowd(POINTS, axes));
        }
        for (int axis = 0; axis < axes; axis++) {
            assertThat(first.column(axis))
                    .isEqualTo(second.column(axis))
                    .isNotEqualTo(points(axes).column(axis));
        }
    }

    /// Point 15 has its neighbours 16 to 30, all of which act, and is pushed by 75 of the crowd, itself left out.
    /// The sum of some hundred steps with forces right to 3e-4 is right to a few 1e-3.
    @ParameterizedTest
    @MethodSource("twins")
    void aPointMovesAsTheDefinitionHasIt(PointMotion motion) {
        MapPoints points = points(2);
        double[] place = {points.at(15, 0), points.at(15, 1)};
        for (int e = 16; e < 31; e++) {
            pull(place, points(2), e);
        }
        for (int e = 16, drawn = 40 + 15; e < 31; e++) {
            pull(place, points(2), e);
            double[] sum = new double[2];
            for (int p = 0; p < 5; p++, drawn = after(drawn)) {
                add(sum, place, points(2), drawn % POINTS);
            }
            place[0] += 0.1 * sum[0];
            place[1] += 0.1 * sum[1];
        }
        move(motion, points, 0.1f, 0, crowd(POINTS, points.axes()));
        assertThat((double) points.at(15, 0)).isEqualTo(place[0], within(3e-3));
        assertThat((double) points.at(15, 1)).isEqualTo(place[1], within(3e-3));
    }

    private static int after(int drawn) {
        return drawn - 15 + 16 < POINTS ? drawn + 16 : drawn + 16 - POINTS;
    }

    private static void pull(double[] place, MapPoints points, int other) {
        double dx = points.at(other, 0) - place[0];
        double dy = points.at(other, 1) - place[1];
        double square = dx * dx + dy * dy;
        double power = Math.pow(square, CURVE.b());
        double force = 2.0 * CURVE.a() * CURVE.b() * power / (square * (1 + CURVE.a() * power));
        place[0] += 0.1 * force * dx;
        place[1] += 0.1 * force * dy;
    }

    private static void add(double[] sum, double[] place, MapPoints points, int other) {
        if (other == 15) {
            return;
        }
        double dx = place[0] - points.at(other, 0);
        double dy = place[1] - points.at(other, 1);
        double square = dx * dx + dy * dy;
        double force = 2.0 * CURVE.b() / ((0.02 + square) * (1 + CURVE.a() * Math.pow(square, CURVE.b())));
        sum[0] += force * dx;
        sum[1] += force * dy;
    }

    /// Nobody pulls at point 0, and with nobody that pulls nobody pushes.
    @ParameterizedTest
    @MethodSource("twins")
    void aPointWithoutNeighborsStays(PointMotion motion) {
        MapPoints points = points(3);
        move(motion, points, 1, 0, crowd(POINTS, points.axes()));
        assertThat(points.at(0, 0)).isEqualTo(points(3).at(0, 0));
        assertThat(points.at(0, 2)).isEqualTo(points(3).at(0, 2));
        assertThat(points.at(1, 0)).isNotEqualTo(points(3).at(1, 0));
    }

    /// A crowd smaller than the points that move at a time.
    @ParameterizedTest
    @MethodSource("twins")
    void aSmallCrowdIsGoneThroughAgainAndAgain(PointMotion motion) {
        MapPoints points = points(2);
        move(motion, points, 0.5f, 0, crowd(3, 2));
        for (int i = 0; i < 16; i++) {
            assertThat(points.at(i, 0)).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aPairActsAsOftenAsItsRateSays(PointMotion motion) {
        TimedPairs pairs = TimedPairs.room(new int[] {0, 16});
        for (int e = 0; e < 15; e++) {
            pairs.rates()[e] = (int) (long) (0xffffffffL * (e / 14.0));
            pairs.phases()[e] = (int) new Seed(5).number(e);
        }
        int[] counts = new int[16];
        for (int epoch = 0; epoch < 280; epoch++) {
            int bits = motion.acting(pairs, 0, epoch);
            for (int e = 0; e < 16; e++) {
                counts[e] += bits >> e & 1;
            }
        }
        for (int e = 0; e < 15; e++) {
            assertThat(counts[e]).isBetween(20 * e - 1, 20 * e + 1);
        }
        assertThat(counts[15]).isZero();
    }

    @Test
    void theTwinsLetTheSamePairsAct() {
        TimedPairs pairs = TimedPairs.room(new int[] {0, 16});
        for (int e = 0; e < 16; e++) {
            pairs.rates()[e] = (int) new Seed(6).number(e);
            pairs.phases()[e] = (int) new Seed(7).number(e);
        }
        for (int epoch = 0; epoch < 500; epoch++) {
            assertThat(new VectorPointMotion().acting(pairs, 0, epoch))
                    .isEqualTo(new ScalarPointMotion().acting(pairs, 0, epoch));
        }
    }

    private static void move(PointMotion motion, MapPoints points, float rate, int epoch, Crowd crowd) {
        int[] starts = new int[17];
        for (int i = 0; i < 16; i++) {
            starts[i + 1] = starts[i] + (i == 0 ? 0 : 16);
        }
        TimedPairs pairs = TimedPairs.room(starts);
        for (int i = 1; i < 16; i++) {
            for (int e = 0; e < i; e++) {
                pairs.columns()[starts[i] + e] = 16 + e;
                pairs.rates()[starts[i] + e] = -1;
                pairs.phases()[starts[i] + e] = 7;
            }
        }
        crowd.update(points, 0, crowd.length());
        Pulls pulls = new Pulls(pairs.longest(), points.axes());
        pulls.take(motion, pairs, points, epoch, 0, rate);
        motion.move(new PointMotion.Field(points, crowd, CURVE), pulls, crowd.size() > 40 ? 40 : 0);
    }

    private static Crowd crowd(int size, int axes) {
        return new Crowd(IntStream.range(0, size).toArray(), axes);
    }

    private static MapPoints points(int axes) {
        RandomGenerator numbers = new Seed(3).generator();
        float[] positions = new float[POINTS * axes];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) numbers.nextGaussian();
        }
        MapPoints points = new MapPoints(POINTS, axes);
        points.set(positions);
        return points;
    }
}
