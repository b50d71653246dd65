package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Two rows side by side, with vectors of 8 floats; see [RowScanOf16].
record RowScanOf8() implements RowScan {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final int WIDTH = 8;
    private static final int BYTES = WIDTH * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    /// Sign, exponent and significand of a 16-bit number in the places of a 32-bit one.
    private static final int MOVED = 0x8fff_e000;

    @Override
    public void products(StoredRows rows, ScanVector vector, float[] out, int at) {
        float[] lanes = new float[2 * LANES];
        long row = (long) rows.columns() * rows.precision().bytes();
        for (int i = 0; i < rows.rows(); i += 2) {
            int next = Math.min(i + 1, rows.rows() - 1);
            two(rows, i * row, next * row, vector, lanes);
            out[at + i] = lanes[0];
            out[at + next] = lanes[LANES];
        }
    }

    @Override
    public void picked(StoredRows rows, int[] picks, int count, ScanVector vector, float[] out) {
        float[] lanes = new float[2 * LANES];
        long row = (long) rows.columns() * rows.precision().bytes();
        for (int i = 0; i < count; i += 2) {
            int next = Math.min(i + 1, count - 1);
            two(rows, picks[i] * row, picks[next] * row, vector, lanes);
            out[i] = lanes[0];
            out[next] = lanes[LANES];
        }
    }

    /// The products of two rows, in the first of the lanes of each.
    private static void two(StoredRows rows, long first, long second, ScanVector vector, float[] lanes) {
        switch (rows.precision()) {
            case HALF -> {
                halves(rows.memory(), first, second, vector, lanes);
                RowScanOf16.finishHalves(rows.memory(), first, vector.numbers(), lanes, 0);
                RowScanOf16.finishHalves(rows.memory(), second, vector.numbers(), lanes, LANES);
            }
            case SINGLE -> {
                singles(rows.memory(), first, second, vector.numbers(), lanes);
                RowScanOf16.finishSingles(rows.memory(), first, vector.numbers(), lanes, 0);
                RowScanOf16.finishSingles(rows.memory(), second, vector.numbers(), lanes, LANES);
            }
        }
    }

    private static void halves(MemorySegment memory, long first, long second, ScanVector vector, float[] lanes) {
        float[] evens = vector.evens();
        float[] odds = vector.odds();
        int pairs = odds.length - odds.length % Kernels.LANES;
        FloatVector evenA = FloatVector.zero(FLOATS);
        FloatVector evenB = evenA;
        FloatVector oddA = evenA;
        FloatVector oddB = evenA;
        FloatVector nextEvenA = evenA;
        FloatVector nextEvenB = evenA;
        FloatVector nextOddA = evenA;
        FloatVector nextOddB = evenA;
        for (int i = 0; i < pairs; i += Kernels.LANES) {
            long at = (long) i * Integer.BYTES;
            FloatVector even = FloatVector.fromArray(FLOATS, evens, i);
            FloatVector odd = FloatVector.fromArray(FLOATS, odds, i);
            IntVector a = IntVector.fromMemorySegment(INTS, memory, first + at, ORDER);
            evenA = lower(a).fma(even, evenA);
            oddA = upper(a).fma(odd, oddA);
            IntVector b = IntVector.fromMemorySegment(INTS, memory, second + at, ORDER);
            evenB = lower(b).fma(even, evenB);
            oddB = upper(b).fma(odd, oddB);
            FloatVector nextEven = FloatVector.fromArray(FLOATS, evens, i + WIDTH);
            FloatVector nextOdd = FloatVector.fromArray(FLOATS, odds, i + WIDTH);
            IntVector nextA = IntVector.fromMemorySegment(INTS, memory, first + at + BYTES, ORDER);
            nextEvenA = lower(nextA).fma(nextEven, nextEvenA);
            nextOddA = upper(nextA).fma(nextOdd, nextOddA);
            IntVector nextB = IntVector.fromMemorySegment(INTS, memory, second + at + BYTES, ORDER);
            nextEvenB = lower(nextB).fma(nextEven, nextEvenB);
            nextOddB = upper(nextB).fma(nextOdd, nextOddB);
        }
        evenA.intoArray(lanes, 0);
        nextEvenA.intoArray(lanes, WIDTH);
        oddA.intoArray(lanes, Kernels.LANES);
        nextOddA.intoArray(lanes, Kernels.LANES + WIDTH);
        evenB.intoArray(lanes, LANES);
        nextEvenB.intoArray(lanes, LANES + WIDTH);
        oddB.intoArray(lanes, LANES + Kernels.LANES);
        nextOddB.intoArray(lanes, LANES + Kernels.LANES + WIDTH);
    }

    private static FloatVector lower(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(MOVED)
                .reinterpretAsFloats();
    }

    private static FloatVector upper(IntVector pairs) {
        return pairs.lanewise(VectorOperators.ASHR, 3).and(MOVED).reinterpretAsFloats();
    }

    private static void singles(MemorySegment memory, long first, long second, float[] vector, float[] lanes) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector nextA = a;
        FloatVector nextB = a;
        int whole = vector.length - vector.length % Kernels.LANES;
        for (int i = 0; i < whole; i += Kernels.LANES) {
            long at = (long) i * Float.BYTES;
            FloatVector other = FloatVector.fromArray(FLOATS, vector, i);
            a = single(memory, first + at).fma(other, a);
            b = single(memory, second + at).fma(other, b);
            FloatVector next = FloatVector.fromArray(FLOATS, vector, i + WIDTH);
            nextA = single(memory, first + at + BYTES).fma(next, nextA);
            nextB = single(memory, second + at + BYTES).fma(next, nextB);
        }
        a.intoArray(lanes, 0);
        nextA.intoArray(lanes, WIDTH);
        b.intoArray(lanes, LANES);
        nextB.intoArray(lanes, LANES + WIDTH);
    }

    private static FloatVector single(MemorySegment memory, long at) {
        return FloatVector.fromMemorySegment(FLOATS, memory, at, ORDER);
    }
}
