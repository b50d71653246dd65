package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Rows with vectors of 16 floats, straight from the memory.
///
/// A vector of 32 bits holds two numbers of 16 bits in each lane. Each becomes a 32-bit number by moving its bits
/// to their places; it is then 2^-112 times what it should be, and the vector that it is multiplied with 2^112
/// times, so that the product is as exact as before. This holds for all finite numbers, subnormal ones too, and
/// takes few cheap instructions where Java offers vectors no conversion.
record RowScanOf16() implements RowScan {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 8);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 4);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 2);
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    /// Sign, exponent and significand of a 16-bit number in the places of a 32-bit one.
    private static final int MOVED = 0x8fff_e000;

    /// One row after the other, as the processor reads ahead: two at a time, it would see two places at once.
    @Override
    public void products(StoredRows rows, ScanVector vector, float[] out, int at) {
        if (!OffHeap.holds(rows.memory())) {
            PlainRowScan.PREFERRED.products(rows, vector, out, at);
            return;
        }
        switch (rows.precision()) {
            case HALF -> halves(rows, vector, out, at);
            case SINGLE -> singles(rows, vector, out, at);
        }
    }

    private static void halves(StoredRows rows, ScanVector vector, float[] out, int at) {
        MemorySegment memory = OffHeap.of(rows.memory());
        float[] evens = vector.evens();
        float[] odds = vector.odds();
        float[] lanes = new float[LANES];
        int pairs = odds.length - odds.length % Kernels.LANES;
        int step = vector.step();
        boolean whole = rows.columns() % LANES == 0;
        for (int row = 0; row < rows.rows(); row++) {
            long start = (long) row * rows.columns() * Short.BYTES;
            FloatVector even = FloatVector.zero(FLOATS);
            FloatVector odd = even;
            for (int i = 0; i < pairs; i += step) {
                IntVector bits = IntVector.fromMemorySegment(INTS, memory, start + (long) i * Integer.BYTES, ORDER);
                even = lower(bits).fma(FloatVector.fromArray(FLOATS, evens, i), even);
                odd = upper(bits).fma(FloatVector.fromArray(FLOATS, odds, i), odd);
            }
            if (whole) {
                out[at + row] = folded(even.add(odd));
            } else {
                even.intoArray(lanes, 0);
                odd.intoArray(lanes, Kernels.LANES);
                finishHalves(memory, start, vector.numbers(), lanes, 0);
                out[at + row] = lanes[0];
            }
        }
    }

    private static void singles(StoredRows rows, ScanVector vector, float[] out, int at) {
        MemorySegment memory = OffHeap.of(rows.memory());
        float[] numbers = vector.numbers();
        float[] lanes = new float[LANES];
        int whole = numbers.length - numbers.length % Kernels.LANES;
        int step = vector.step();
        for (int row = 0; row < rows.rows(); row++) {
            long start = (long) row * rows.columns() * Float.BYTES;
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int i = 0; i < whole; i += step) {
                sum = FloatVector.fromMemorySegment(FLOATS, memory, start + (long) i * Float.BYTES, ORDER)
                        .fma(FloatVector.fromArray(FLOATS, numbers, i), sum);
            }
            if (whole == numbers.length) {
                out[at + row] = folded(sum);
            } else {
                sum.intoArray(lanes, 0);
                finishSingles(memory, start, numbers, lanes, 0);
                out[at + row] = lanes[0];
            }
        }
    }

    /// Two rows side by side, which lie anywhere: twice as much is asked for at once.
    @Override
    public void picked(StoredRows rows, int[] picks, int count, ScanVector vector, float[] out) {
        if (!OffHeap.holds(rows.memory())) {
            PlainRowScan.PREFERRED.picked(rows, picks, count, vector, out);
            return;
        }
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
                halves(rows, first, second, vector, lanes);
                if (rows.columns() % LANES == 0) {
                    return;
                }
                finishHalves(rows.memory(), first, vector.numbers(), lanes, 0);
                finishHalves(rows.memory(), second, vector.numbers(), lanes, LANES);
            }
            case SINGLE -> {
                singles(rows, first, second, vector.numbers(), lanes);
                if (rows.columns() % Kernels.LANES == 0) {
                    return;
                }
                finishSingles(rows.memory(), first, vector.numbers(), lanes, 0);
                finishSingles(rows.memory(), second, vector.numbers(), lanes, LANES);
            }
        }
    }

    private static void halves(StoredRows rows, long first, long second, ScanVector vector, float[] lanes) {
        MemorySegment memory = OffHeap.of(rows.memory());
        float[] evens = vector.evens();
        float[] odds = vector.odds();
        int pairs = odds.length - odds.length % Kernels.LANES;
        FloatVector evenA = FloatVector.zero(FLOATS);
        FloatVector evenB = evenA;
        FloatVector oddA = evenA;
        FloatVector oddB = evenA;
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
        }
        if (rows.columns() % LANES == 0) {
            lanes[0] = folded(evenA.add(oddA));
            lanes[LANES] = folded(evenB.add(oddB));
            return;
        }
        evenA.intoArray(lanes, 0);
        oddA.intoArray(lanes, Kernels.LANES);
        evenB.intoArray(lanes, LANES);
        oddB.intoArray(lanes, LANES + Kernels.LANES);
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

    /// Adds what is left of a row, and then the lanes.
    static void finishHalves(MemorySegment memory, long start, float[] vector, float[] lanes, int at) {
        RowScan.add(memory, start, vector.length - vector.length % LANES, vector, lanes, at);
        lanes[at] = RowScan.sumOfAll(lanes, at);
    }

    private static void singles(StoredRows rows, long first, long second, float[] vector, float[] lanes) {
        MemorySegment memory = OffHeap.of(rows.memory());
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        int whole = vector.length - vector.length % Kernels.LANES;
        for (int i = 0; i < whole; i += Kernels.LANES) {
            long at = (long) i * Float.BYTES;
            FloatVector other = FloatVector.fromArray(FLOATS, vector, i);
            a = FloatVector.fromMemorySegment(FLOATS, memory, first + at, ORDER).fma(other, a);
            b = FloatVector.fromMemorySegment(FLOATS, memory, second + at, ORDER)
                    .fma(other, b);
        }
        if (whole == vector.length) {
            lanes[0] = folded(a);
            lanes[LANES] = folded(b);
            return;
        }
        a.intoArray(lanes, 0);
        b.intoArray(lanes, LANES);
    }

    /// The sum of the lanes, in the order of [RowScan#sum].
    private static float folded(FloatVector lanes) {
        FloatVector eight = lanes.add(lanes.rearrange(BY_8));
        FloatVector four = eight.add(eight.rearrange(BY_4));
        FloatVector two = four.add(four.rearrange(BY_2));
        return two.lane(0) + two.lane(1);
    }

    /// Adds what is left of a row, and then the lanes.
    static void finishSingles(MemorySegment memory, long start, float[] vector, float[] lanes, int at) {
        for (int i = vector.length - vector.length % Kernels.LANES; i < vector.length; i++) {
            float value = memory.get(FloatMatrix.FLOAT, start + (long) i * Float.BYTES);
            int lane = at + i % Kernels.LANES;
            lanes[lane] = Math.fma(value, vector[i], lanes[lane]);
        }
        lanes[at] = RowScan.sum(lanes, at);
    }
}
