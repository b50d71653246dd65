package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// One row after the other, with vectors of 8 floats, straight from the memory; see [RowScanOf16]. Two rows side
/// by side would need more vectors than a processor without AVX-512 has registers for.
record RowScanOf8() implements RowScan {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 4);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 2);
    private static final int WIDTH = 8;
    private static final int BYTES = WIDTH * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    /// Sign, exponent and significand of a 16-bit number in the places of a 32-bit one.
    private static final int MOVED = 0x8fff_e000;

    @Override
    public void products(StoredRows rows, ScanVector vector, float[] out, int at) {
        if (!OffHeap.holds(rows.memory())) {
            PlainRowScan.PREFERRED.products(rows, vector, out, at);
            return;
        }
        float[] lanes = new float[LANES];
        long row = (long) rows.columns() * rows.precision().bytes();
        for (int i = 0; i < rows.rows(); i++) {
            out[at + i] = one(rows, i * row, vector, lanes);
        }
    }

    @Override
    public void picked(StoredRows rows, int[] picks, int count, ScanVector vector, float[] out) {
        if (!OffHeap.holds(rows.memory())) {
            PlainRowScan.PREFERRED.picked(rows, picks, count, vector, out);
            return;
        }
        float[] lanes = new float[LANES];
        long row = (long) rows.columns() * rows.precision().bytes();
        for (int i = 0; i < count; i++) {
            out[i] = one(rows, picks[i] * row, vector, lanes);
        }
    }

    private static float one(StoredRows rows, long start, ScanVector vector, float[] lanes) {
        return switch (rows.precision()) {
            case HALF -> half(rows, start, vector, lanes);
            case SINGLE -> single(rows, start, vector.numbers(), lanes);
        };
    }

    private static float half(StoredRows rows, long start, ScanVector vector, float[] lanes) {
        MemorySegment memory = OffHeap.of(rows.memory());
        float[] evens = vector.evens();
        float[] odds = vector.odds();
        int pairs = odds.length - odds.length % Kernels.LANES;
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = even;
        FloatVector nextEven = even;
        FloatVector nextOdd = even;
        for (int i = 0; i < pairs; i += Kernels.LANES) {
            long at = start + (long) i * Integer.BYTES;
            IntVector bits = IntVector.fromMemorySegment(INTS, memory, at, ORDER);
            even = lower(bits).fma(FloatVector.fromArray(FLOATS, evens, i), even);
            odd = upper(bits).fma(FloatVector.fromArray(FLOATS, odds, i), odd);
            IntVector next = IntVector.fromMemorySegment(INTS, memory, at + BYTES, ORDER);
            nextEven = lower(next).fma(FloatVector.fromArray(FLOATS, evens, i + WIDTH), nextEven);
            nextOdd = upper(next).fma(FloatVector.fromArray(FLOATS, odds, i + WIDTH), nextOdd);
        }
        if (2 * pairs == vector.numbers().length) {
            return folded(even.add(odd), nextEven.add(nextOdd));
        }
        even.intoArray(lanes, 0);
        nextEven.intoArray(lanes, WIDTH);
        odd.intoArray(lanes, Kernels.LANES);
        nextOdd.intoArray(lanes, Kernels.LANES + WIDTH);
        RowScanOf16.finishHalves(memory, start, vector.numbers(), lanes, 0);
        return lanes[0];
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

    private static float single(StoredRows rows, long start, float[] vector, float[] lanes) {
        MemorySegment memory = OffHeap.of(rows.memory());
        FloatVector sum = FloatVector.zero(FLOATS);
        FloatVector next = sum;
        int whole = vector.length - vector.length % Kernels.LANES;
        for (int i = 0; i < whole; i += Kernels.LANES) {
            long at = start + (long) i * Float.BYTES;
            sum = FloatVector.fromMemorySegment(FLOATS, memory, at, ORDER)
                    .fma(FloatVector.fromArray(FLOATS, vector, i), sum);
            next = FloatVector.fromMemorySegment(FLOATS, memory, at + BYTES, ORDER)
                    .fma(FloatVector.fromArray(FLOATS, vector, i + WIDTH), next);
        }
        if (whole == vector.length) {
            return folded(sum, next);
        }
        sum.intoArray(lanes, 0);
        next.intoArray(lanes, WIDTH);
        RowScanOf16.finishSingles(memory, start, vector, lanes, 0);
        return lanes[0];
    }

    /// The sum of 16 lanes, in the order of [RowScan#sum].
    private static float folded(FloatVector lanes, FloatVector next) {
        FloatVector eight = lanes.add(next);
        FloatVector four = eight.add(eight.rearrange(BY_4));
        FloatVector two = four.add(four.rearrange(BY_2));
        return two.lane(0) + two.lane(1);
    }
}
