package org.patchlens.tensor.force;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The vector forms of [PairForces] over sparse rows. Two coordinates of a point are fetched as one number of 64
/// bits: half the loads, which are what a gather costs.
///
/// Of the elements e to e + L - 1 of a row, the even lanes have the first half and the odd lanes the second.
final class GatheredPairs {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final long LOW = 0xffffffffL;

    /// Where the value of each lane stands among those of a vector's elements.
    private static final VectorShuffle<Float> INTERLEAVE =
            VectorShuffle.fromOp(FLOATS, lane -> lane / 2 + lane % 2 * (LANES / 2));

    private static final float LOG_OF_TWO = 0.6931472f;
    private static final int THREE_QUARTERS = Float.floatToIntBits(0.75f);

    private GatheredPairs() {}

    static void pullInPlane(SparseRows rows, MapPoints points, float[] force, int from, int to) {
        float[] lanes = new float[Math.max(4, LANES)];
        for (int i = from; i < to; i++) {
            pullInPlane(rows.columns(), rows.values(), rows.starts()[i], rows.starts()[i + 1], points, i, force, lanes);
        }
    }

    private static void pullInPlane(
            int[] columns, float[] values, int start, int end, MapPoints points, int i, float[] force, float[] lanes) {
        long[] packed = points.packed();
        float ownX = points.column(0)[i];
        float ownY = points.column(1)[i];
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        FloatVector sumX = FloatVector.zero(FLOATS);
        FloatVector sumY = sumX;
        int e = start;
        for (; e + LANES <= end; e += LANES) {
            LongVector first = LongVector.fromArray(LONGS, packed, 0, columns, e);
            LongVector second = LongVector.fromArray(LONGS, packed, 0, columns, e + LANES / 2);
            FloatVector dx = even(first, second).sub(ownX);
            FloatVector dy = odd(first, second).sub(ownY);
            FloatVector pull = FloatVector.fromArray(FLOATS, values, e)
                    .rearrange(INTERLEAVE)
                    .div(dx.fma(dx, dy.fma(dy, one)));
            sumX = pull.fma(dx, sumX);
            sumY = pull.fma(dy, sumY);
        }
        sumX.intoArray(lanes, 0);
        float restX = VectorPairForces.sum(lanes);
        sumY.intoArray(lanes, 0);
        float restY = VectorPairForces.sum(lanes);
        for (; e < end; e++) {
            float dx = points.column(0)[columns[e]] - ownX;
            float dy = points.column(1)[columns[e]] - ownY;
            float pull = values[e] / (1 + dx * dx + dy * dy);
            restX += pull * dx;
            restY += pull * dy;
        }
        force[2 * i] = -restX;
        force[2 * i + 1] = -restY;
    }

    static void pullInSpace(SparseRows rows, MapPoints points, float[] force, int from, int to) {
        float[] lanes = new float[Math.max(4, LANES)];
        for (int i = from; i < to; i++) {
            pullInSpace(rows.columns(), rows.values(), rows.starts()[i], rows.starts()[i + 1], points, i, force, lanes);
        }
    }

    private static void pullInSpace(
            int[] columns, float[] values, int start, int end, MapPoints points, int i, float[] force, float[] lanes) {
        long[] packed = points.packed();
        float ownX = points.column(0)[i];
        float ownY = points.column(1)[i];
        float ownZ = points.column(2)[i];
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        FloatVector sumX = FloatVector.zero(FLOATS);
        FloatVector sumY = sumX;
        FloatVector sumZ = sumX;
        int e = start;
        for (; e + LANES <= end; e += LANES) {
            LongVector first = LongVector.fromArray(LONGS, packed, 0, columns, e);
            LongVector second = LongVector.fromArray(LONGS, packed, 0, columns, e + LANES / 2);
            FloatVector dx = even(first, second).sub(ownX);
            FloatVector dy = odd(first, second).sub(ownY);
            FloatVector dz = even(
                            LongVector.fromArray(LONGS, packed, points.size(), columns, e),
                            LongVector.fromArray(LONGS, packed, points.size(), columns, e + LANES / 2))
                    .sub(ownZ);
            FloatVector pull = FloatVector.fromArray(FLOATS, values, e)
                    .rearrange(INTERLEAVE)
                    .div(dx.fma(dx, dy.fma(dy, dz.fma(dz, one))));
            sumX = pull.fma(dx, sumX);
            sumY = pull.fma(dy, sumY);
            sumZ = pull.fma(dz, sumZ);
        }
        sumX.intoArray(lanes, 0);
        float restX = VectorPairForces.sum(lanes);
        sumY.intoArray(lanes, 0);
        float restY = VectorPairForces.sum(lanes);
        sumZ.intoArray(lanes, 0);
        float restZ = VectorPairForces.sum(lanes);
        for (; e < end; e++) {
            float dx = points.column(0)[columns[e]] - ownX;
            float dy = points.column(1)[columns[e]] - ownY;
            float dz = points.column(2)[columns[e]] - ownZ;
            float pull = values[e] / (1 + dx * dx + dy * dy + dz * dz);
            restX += pull * dx;
            restY += pull * dy;
            restZ += pull * dz;
        }
        force[3 * i] = -restX;
        force[3 * i + 1] = -restY;
        force[3 * i + 2] = -restZ;
    }

    static double logarithms(SparseRows rows, MapPoints points, int from, int to) {
        float[] lanes = new float[Math.max(4, LANES)];
        float[] squares = new float[0];
        double sum = 0;
        for (int i = from; i < to; i++) {
            int start = rows.starts()[i];
            int length = rows.starts()[i + 1] - start;
            if (squares.length < length) {
                squares = new float[2 * length];
            }
            Arrays.fill(squares, 0, length, 0);
            for (int axis = 0; axis < points.axes(); axis++) {
                addSquares(points.column(axis), i, rows.columns(), start, squares, length);
            }
            sum += logarithms(squares, rows.values(), start, length, lanes);
        }
        return sum;
    }

    private static void addSquares(float[] coordinates, int i, int[] columns, int start, float[] squares, int length) {
        float own = coordinates[i];
        for (int e = 0; e < length; e++) {
            float difference = own - coordinates[columns[start + e]];
            squares[e] += difference * difference;
        }
    }

    private static double logarithms(float[] squares, float[] values, int start, int length, float[] lanes) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        FloatVector sum = FloatVector.zero(FLOATS);
        int e = 0;
        for (; e + LANES <= length; e += LANES) {
            FloatVector argument = FloatVector.fromArray(FLOATS, squares, e).add(one);
            IntVector bits = argument.reinterpretAsInts();
            // argument = 2^exponent x mantissa, with the mantissa between 3/4 and 3/2
            IntVector exponent = bits.sub(THREE_QUARTERS).lanewise(VectorOperators.ASHR, 23);
            FloatVector mantissa =
                    bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
            FloatVector ratio = mantissa.sub(one).div(mantissa.add(one));
            FloatVector square = ratio.mul(ratio);
            // log(mantissa) = 2 (s + s^3 / 3 + s^5 / 5 + ...) with s = ratio, whose size is at most 0.2
            FloatVector series = square.mul(2f / 9).add(2f / 7);
            series = series.mul(square)
                    .add(2f / 5)
                    .mul(square)
                    .add(2f / 3)
                    .mul(square)
                    .add(2);
            FloatVector logarithm = series.mul(ratio)
                    .add(((FloatVector) exponent.convertShape(VectorOperators.I2F, FLOATS, 0)).mul(LOG_OF_TWO));
            sum = FloatVector.fromArray(FLOATS, values, start + e).fma(logarithm, sum);
        }
        sum.intoArray(lanes, 0);
        double rest = VectorPairForces.sum(lanes);
        for (; e < length; e++) {
            rest += values[start + e] * Math.log1p(squares[e]);
        }
        return rest;
    }

    /// The first coordinates of two vectors of points.
    private static FloatVector even(LongVector first, LongVector second) {
        return first.and(LOW).or(second.lanewise(VectorOperators.LSHL, 32)).reinterpretAsFloats();
    }

    /// The second coordinates of two vectors of points.
    private static FloatVector odd(LongVector first, LongVector second) {
        return first.lanewise(VectorOperators.LSHR, 32).or(second.and(~LOW)).reinterpretAsFloats();
    }
}
