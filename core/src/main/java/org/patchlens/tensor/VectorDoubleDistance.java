package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// All eight sums in one vector, four rows side by side: they lie anywhere, and the memory fetches four at once.
record VectorDoubleDistance() implements DoubleDistance {
    private static final int ABREAST = 4;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;

    @Override
    public void squared(float[] row, FloatMatrix others, int[] picks, double[] out) {
        double[] lanes = new double[ABREAST * LANES];
        int[] four = new int[ABREAST];
        for (int from = 0; from < picks.length; from += ABREAST) {
            int some = Math.min(ABREAST, picks.length - from);
            for (int i = 0; i < ABREAST; i++) {
                four[i] = Objects.checkIndex(picks[from + Math.min(i, some - 1)], others.rows());
            }
            fourRows(row, others.segment(), four, lanes);
            for (int i = 0; i < some; i++) {
                addRest(row, others, four[i], lanes, i * LANES);
                out[from + i] = DoubleDistance.sum(lanes, i * LANES);
            }
        }
    }

    private static void fourRows(float[] row, MemorySegment others, int[] four, double[] lanes) {
        DoubleVector a = DoubleVector.zero(DOUBLES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        long length = (long) row.length * Float.BYTES;
        long first = four[0] * length;
        long second = four[1] * length;
        long third = four[2] * length;
        long fourth = four[3] * length;
        for (int i = 0; i + LANES <= row.length; i += LANES) {
            DoubleVector own = wide(FloatVector.fromArray(FLOATS, row, i));
            long at = (long) i * Float.BYTES;
            DoubleVector toA = own.sub(wide(load(others, first + at)));
            DoubleVector toB = own.sub(wide(load(others, second + at)));
            DoubleVector toC = own.sub(wide(load(others, third + at)));
            DoubleVector toD = own.sub(wide(load(others, fourth + at)));
            a = toA.fma(toA, a);
            b = toB.fma(toB, b);
            c = toC.fma(toC, c);
            d = toD.fma(toD, d);
        }
        a.intoArray(lanes, 0);
        b.intoArray(lanes, LANES);
        c.intoArray(lanes, 2 * LANES);
        d.intoArray(lanes, 3 * LANES);
    }

    private static FloatVector load(MemorySegment memory, long at) {
        return FloatVector.fromMemorySegment(FLOATS, memory, at, ByteOrder.nativeOrder());
    }

    private static DoubleVector wide(FloatVector floats) {
        return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 0);
    }

    /// The numbers after the last whole vector.
    private static void addRest(float[] row, FloatMatrix others, int other, double[] lanes, int at) {
        for (int i = row.length - row.length % LANES; i < row.length; i++) {
            double difference = (double) row[i] - others.get(other, i);
            lanes[at + i % LANES] = Math.fma(difference, difference, lanes[at + i % LANES]);
        }
    }
}
