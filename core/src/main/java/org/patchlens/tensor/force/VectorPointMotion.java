package org.patchlens.tensor.force;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// As many points at a time as a vector holds. A point that fewer pull at than at others waits.
///
/// Pulls and pushes are methods of their own, and meet in memory: the compiler of the JVM keeps vectors in
/// registers only as long as a method is small.
record VectorPointMotion() implements PointMotion {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final IntVector LANE_NUMBERS = IntVector.zero(INTS).addIndex(1);

    @Override
    public int acting(TimedPairs pairs, int first, int epoch) {
        int bits = 0;
        for (int i = 0; i < WIDTH; i += LANES) {
            IntVector rates = IntVector.fromArray(INTS, pairs.rates(), first + i);
            IntVector sums = rates.mul(epoch + 1).add(IntVector.fromArray(INTS, pairs.phases(), first + i));
            bits |= (int) sums.compare(VectorOperators.ULT, rates).toLong() << i;
        }
        return bits;
    }

    @Override
    public void move(Field field, Pulls pulls, int drawn) {
        for (int lane = 0; lane < WIDTH; lane += LANES) {
            if (field.points().axes() == 2) {
                inPlane(field, pulls, lane, drawn);
            } else {
                inSpace(field, pulls, lane, drawn);
            }
        }
    }

    private static void inPlane(Field field, Pulls pulls, int lane, int drawn) {
        int from = drawn;
        // all pull in turn 0, then one in each turn
        for (int turn = 0; turn <= pulls.most(); turn++) {
            pullInPlane(field, pulls, lane, Math.max(0, turn - 1), turn == 0 ? pulls.most() : turn);
            if (turn > 0) {
                from = pushInPlane(field, pulls, (turn - 1) * WIDTH + lane, from);
            }
        }
    }

    /// @param from first that pulls
    /// @param to after the last
    private static void pullInPlane(Field field, Pulls pulls, int lane, int from, int to) {
        float[] xs = field.points().column(0);
        float[] ys = field.points().column(1);
        int own = pulls.first() + lane;
        FloatVector x = FloatVector.fromArray(FLOATS, xs, own);
        FloatVector y = FloatVector.fromArray(FLOATS, ys, own);
        for (int at = from * WIDTH + lane; at < to * WIDTH; at += WIDTH) {
            FloatVector dx = FloatVector.fromArray(FLOATS, pulls.column(0), at).sub(x);
            FloatVector dy = FloatVector.fromArray(FLOATS, pulls.column(1), at).sub(y);
            FloatVector square = dx.fma(dx, dy.fma(dy, VectorCurve.LEAST_SQUARE));
            FloatVector force =
                    VectorCurve.pull(square, field.curve()).mul(FloatVector.fromArray(FLOATS, pulls.rates(), at));
            x = force.fma(dx, x);
            y = force.fma(dy, y);
        }
        x.intoArray(xs, own);
        y.intoArray(ys, own);
    }

    /// @param at where the rates stand
    /// @param drawn where in the crowd the first of the points stands
    /// @return where the next ones begin
    private static int pushInPlane(Field field, Pulls pulls, int at, int drawn) {
        int lane = at % WIDTH;
        int own = pulls.first() + lane;
        FloatVector x = FloatVector.fromArray(FLOATS, field.points().column(0), own);
        FloatVector y = FloatVector.fromArray(FLOATS, field.points().column(1), own);
        FloatVector sumX = FloatVector.zero(FLOATS);
        FloatVector sumY = FloatVector.zero(FLOATS);
        int from = drawn;
        for (int p = 0; p < PUSHES; p++, from = field.crowd().after(from)) {
            FloatVector dx = x.sub(FloatVector.fromArray(FLOATS, field.crowd().column(0), from + lane));
            FloatVector dy = y.sub(FloatVector.fromArray(FLOATS, field.crowd().column(1), from + lane));
            FloatVector square = dx.fma(dx, dy.fma(dy, VectorCurve.LEAST_SQUARE));
            FloatVector force = unlessSelf(VectorCurve.push(square, field.curve()), field.crowd(), from + lane, own);
            sumX = force.fma(dx, sumX);
            sumY = force.fma(dy, sumY);
        }
        FloatVector rate = FloatVector.fromArray(FLOATS, pulls.rates(), at);
        rate.fma(sumX, x).intoArray(field.points().column(0), own);
        rate.fma(sumY, y).intoArray(field.points().column(1), own);
        return from;
    }

    private static void inSpace(Field field, Pulls pulls, int lane, int drawn) {
        int from = drawn;
        for (int turn = 0; turn <= pulls.most(); turn++) {
            pullInSpace(field, pulls, lane, Math.max(0, turn - 1), turn == 0 ? pulls.most() : turn);
            if (turn > 0) {
                from = pushInSpace(field, pulls, (turn - 1) * WIDTH + lane, from);
            }
        }
    }

    private static void pullInSpace(Field field, Pulls pulls, int lane, int from, int to) {
        MapPoints points = field.points();
        int own = pulls.first() + lane;
        FloatVector x = FloatVector.fromArray(FLOATS, points.column(0), own);
        FloatVector y = FloatVector.fromArray(FLOATS, points.column(1), own);
        FloatVector z = FloatVector.fromArray(FLOATS, points.column(2), own);
        for (int at = from * WIDTH + lane; at < to * WIDTH; at += WIDTH) {
            FloatVector dx = FloatVector.fromArray(FLOATS, pulls.column(0), at).sub(x);
            FloatVector dy = FloatVector.fromArray(FLOATS, pulls.column(1), at).sub(y);
            FloatVector dz = FloatVector.fromArray(FLOATS, pulls.column(2), at).sub(z);
            FloatVector square = dx.fma(dx, dy.fma(dy, dz.fma(dz, VectorCurve.LEAST_SQUARE)));
            FloatVector force =
                    VectorCurve.pull(square, field.curve()).mul(FloatVector.fromArray(FLOATS, pulls.rates(), at));
            x = force.fma(dx, x);
            y = force.fma(dy, y);
            z = force.fma(dz, z);
        }
        x.intoArray(points.column(0), own);
        y.intoArray(points.column(1), own);
        z.intoArray(points.column(2), own);
    }

    private static int pushInSpace(Field field, Pulls pulls, int at, int drawn) {
        Crowd crowd = field.crowd();
        MapPoints points = field.points();
        int lane = at % WIDTH;
        int own = pulls.first() + lane;
        FloatVector x = FloatVector.fromArray(FLOATS, points.column(0), own);
        FloatVector y = FloatVector.fromArray(FLOATS, points.column(1), own);
        FloatVector z = FloatVector.fromArray(FLOATS, points.column(2), own);
        FloatVector sumX = FloatVector.zero(FLOATS);
        FloatVector sumY = FloatVector.zero(FLOATS);
        FloatVector sumZ = FloatVector.zero(FLOATS);
        int from = drawn;
        for (int p = 0; p < PUSHES; p++, from = crowd.after(from)) {
            FloatVector dx = x.sub(FloatVector.fromArray(FLOATS, crowd.column(0), from + lane));
            FloatVector dy = y.sub(FloatVector.fromArray(FLOATS, crowd.column(1), from + lane));
            FloatVector dz = z.sub(FloatVector.fromArray(FLOATS, crowd.column(2), from + lane));
            FloatVector square = dx.fma(dx, dy.fma(dy, dz.fma(dz, VectorCurve.LEAST_SQUARE)));
            FloatVector force = unlessSelf(VectorCurve.push(square, field.curve()), crowd, from + lane, own);
            sumX = force.fma(dx, sumX);
            sumY = force.fma(dy, sumY);
            sumZ = force.fma(dz, sumZ);
        }
        FloatVector rate = FloatVector.fromArray(FLOATS, pulls.rates(), at);
        rate.fma(sumX, x).intoArray(points.column(0), own);
        rate.fma(sumY, y).intoArray(points.column(1), own);
        rate.fma(sumZ, z).intoArray(points.column(2), own);
        return from;
    }

    /// The force, 0 where a point meets itself.
    private static FloatVector unlessSelf(FloatVector force, Crowd crowd, int drawn, int own) {
        IntVector apart = IntVector.fromArray(INTS, crowd.places(), drawn).sub(own);
        return force.blend(0, apart.compare(VectorOperators.EQ, LANE_NUMBERS).cast(FLOATS));
    }
}
