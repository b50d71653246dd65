package org.patchlens.tensor;

import static org.patchlens.tensor.Kernels.LANES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Four rows side by side, each in one vector of 16 floats.
///
/// A 16-bit number becomes a 32-bit one by moving its bits to their places; it is then 2^-112 times what it
/// should be, and the vector that it is multiplied with 2^112 times, so that the product is as exact as before.
/// This holds for all finite numbers, subnormal ones too, and takes three cheap instructions where Java offers
/// vectors no conversion.
record RowScanOf16() implements RowScan {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 8);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 4);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 2);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(FLOATS, lane -> lane ^ 1);
    private static final VectorMask<Float> UPPER_8 = VectorMask.fromLong(FLOATS, 0xff00);
    private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(FLOATS, 0xf0f0);
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);

    @Override
    public void products(StoredRows rows, float[] vector, float[] out, int at) {
        switch (rows.precision()) {
            case HALF -> halves(rows, vector, out, at);
            case SINGLE -> singles(rows, vector, out, at);
        }
    }

    private static void halves(StoredRows rows, float[] vector, float[] out, int at) {
        int columns = vector.length;
        int step = RowScan.rowsPerBlock(columns);
        float[] shifted = RowScan.shifted(vector);
        float[] lanes = new float[ABREAST * LANES];
        short[] block = new short[step * columns];
        for (int from = 0; from < rows.rows(); from += step) {
            int count = Math.min(step, rows.rows() - from);
            long start = (long) from * columns * Short.BYTES;
            MemorySegment.copy(rows.memory(), HALF, start, block, 0, count * columns);
            // Beyond the last row stands what was there before; its products are not taken over.
            for (int row = 0; row < count; row += ABREAST) {
                fourHalves(block, row * columns, shifted, lanes);
                restOfHalves(block, row * columns, vector, lanes);
                for (int i = 0; i < Math.min(ABREAST, count - row); i++) {
                    out[at + from + row + i] = RowScan.kept(lanes, i * LANES, vector.length % LANES == 0);
                }
            }
        }
    }

    private static void fourHalves(short[] block, int start, float[] shifted, float[] lanes) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int columns = shifted.length;
        int second = start + columns;
        int third = second + columns;
        int fourth = third + columns;
        for (int i = 0; i + LANES <= columns; i += LANES) {
            FloatVector vector = FloatVector.fromArray(FLOATS, shifted, i);
            a = wide(block, start + i).fma(vector, a);
            b = wide(block, second + i).fma(vector, b);
            c = wide(block, third + i).fma(vector, c);
            d = wide(block, fourth + i).fma(vector, d);
        }
        keep(a, b, c, d, columns % LANES == 0, lanes);
    }

    /// Leaves the lanes of four rows for more numbers to be added, or, where there are none, their sums, each in the
    /// first of its lanes. The lanes are added in the order of [RowScan#sum], all rows at once.
    private static void keep(
            FloatVector a, FloatVector b, FloatVector c, FloatVector d, boolean complete, float[] lanes) {
        if (!complete) {
            a.intoArray(lanes, 0);
            b.intoArray(lanes, LANES);
            c.intoArray(lanes, 2 * LANES);
            d.intoArray(lanes, 3 * LANES);
            return;
        }
        FloatVector ab = a.blend(b.rearrange(BY_8), UPPER_8).add(a.rearrange(BY_8).blend(b, UPPER_8));
        FloatVector cd = c.blend(d.rearrange(BY_8), UPPER_8).add(c.rearrange(BY_8).blend(d, UPPER_8));
        FloatVector four = ab.blend(cd.rearrange(BY_4), UPPER_4).add(ab.rearrange(BY_4).blend(cd, UPPER_4));
        FloatVector two = four.add(four.rearrange(BY_2));
        FloatVector sums = two.add(two.rearrange(BY_1));
        lanes[0] = sums.lane(0);
        lanes[LANES] = sums.lane(8);
        lanes[2 * LANES] = sums.lane(4);
        lanes[3 * LANES] = sums.lane(12);
    }

    private static FloatVector wide(short[] block, int at) {
        IntVector bits =
                (IntVector) ShortVector.fromArray(SHORTS, block, at).convertShape(VectorOperators.S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, 13).and(0x8fff_e000).reinterpretAsFloats();
    }

    /// The numbers after the last whole vector.
    static void restOfHalves(short[] block, int start, float[] vector, float[] lanes) {
        int columns = vector.length;
        for (int i = columns - columns % LANES; i < columns; i++) {
            for (int row = 0; row < ABREAST; row++) {
                float value = Float.float16ToFloat(block[start + row * columns + i]);
                int lane = row * LANES + i % LANES;
                lanes[lane] = Math.fma(value, vector[i], lanes[lane]);
            }
        }
    }

    private static void singles(StoredRows rows, float[] vector, float[] out, int at) {
        float[] lanes = new float[ABREAST * LANES];
        int whole = rows.rows() - rows.rows() % ABREAST;
        long row = (long) vector.length * Float.BYTES;
        for (int from = 0; from < whole; from += ABREAST) {
            fourSingles(rows.memory(), from * row, vector, lanes);
            restOfSingles(rows.memory(), from * row, vector, lanes);
            for (int i = 0; i < ABREAST; i++) {
                out[at + from + i] = RowScan.kept(lanes, i * LANES, vector.length % LANES == 0);
            }
        }
        PlainRowScan.PREFERRED.products(rows.rows(whole, rows.rows()), vector, out, at + whole);
    }

    private static void fourSingles(MemorySegment memory, long start, float[] vector, float[] lanes) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        long row = (long) vector.length * Float.BYTES;
        int columns = vector.length;
        for (int i = 0; i + LANES <= columns; i += LANES) {
            FloatVector other = FloatVector.fromArray(FLOATS, vector, i);
            long at = start + (long) i * Float.BYTES;
            a = FloatVector.fromMemorySegment(FLOATS, memory, at, ORDER).fma(other, a);
            b = FloatVector.fromMemorySegment(FLOATS, memory, at + row, ORDER).fma(other, b);
            c = FloatVector.fromMemorySegment(FLOATS, memory, at + 2 * row, ORDER)
                    .fma(other, c);
            d = FloatVector.fromMemorySegment(FLOATS, memory, at + 3 * row, ORDER)
                    .fma(other, d);
        }
        keep(a, b, c, d, columns % LANES == 0, lanes);
    }

    /// The numbers after the last whole vector.
    static void restOfSingles(MemorySegment memory, long start, float[] vector, float[] lanes) {
        int columns = vector.length;
        for (int i = columns - columns % LANES; i < columns; i++) {
            for (int row = 0; row < ABREAST; row++) {
                float value = memory.get(FloatMatrix.FLOAT, start + ((long) row * columns + i) * Float.BYTES);
                int lane = row * LANES + i % LANES;
                lanes[lane] = Math.fma(value, vector[i], lanes[lane]);
            }
        }
    }

    /// Rows of 16 bits four at a time, so that the memory fetches four at once; those of 32 bits one by one.
    @Override
    public void picked(StoredRows rows, int[] picks, int count, ScanVector vector, float[] out) {
        if (rows.precision() == StoredRows.Precision.SINGLE) {
            PlainRowScan.PREFERRED.picked(rows, picks, count, vector, out);
            return;
        }
        float[] lanes = new float[ABREAST * LANES];
        int[] four = new int[ABREAST];
        for (int from = 0; from < count; from += ABREAST) {
            int some = Math.min(ABREAST, count - from);
            for (int i = 0; i < ABREAST; i++) {
                four[i] = picks[from + Math.min(i, some - 1)];
            }
            fourPicked(rows, four, vector.shifted(), lanes);
            restOfPicked(rows, four, vector.numbers(), lanes);
            for (int i = 0; i < some; i++) {
                out[from + i] = RowScan.kept(lanes, i * LANES, rows.columns() % LANES == 0);
            }
        }
    }

    private static void fourPicked(StoredRows rows, int[] four, float[] shifted, float[] lanes) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        MemorySegment memory = rows.memory();
        long row = (long) shifted.length * Short.BYTES;
        long first = four[0] * row;
        long second = four[1] * row;
        long third = four[2] * row;
        long fourth = four[3] * row;
        int columns = shifted.length;
        for (int i = 0; i + LANES <= columns; i += LANES) {
            FloatVector vector = FloatVector.fromArray(FLOATS, shifted, i);
            long at = (long) i * Short.BYTES;
            a = wide(memory, first + at).fma(vector, a);
            b = wide(memory, second + at).fma(vector, b);
            c = wide(memory, third + at).fma(vector, c);
            d = wide(memory, fourth + at).fma(vector, d);
        }
        keep(a, b, c, d, columns % LANES == 0, lanes);
    }

    private static FloatVector wide(MemorySegment memory, long at) {
        IntVector bits = (IntVector) ShortVector.fromMemorySegment(SHORTS, memory, at, ORDER)
                .convertShape(VectorOperators.S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, 13).and(0x8fff_e000).reinterpretAsFloats();
    }

    /// The numbers after the last whole vector.
    static void restOfPicked(StoredRows rows, int[] four, float[] vector, float[] lanes) {
        int columns = vector.length;
        for (int i = columns - columns % LANES; i < columns; i++) {
            for (int row = 0; row < ABREAST; row++) {
                long at = ((long) four[row] * columns + i) * Short.BYTES;
                int lane = row * LANES + i % LANES;
                lanes[lane] = Math.fma(Float.float16ToFloat(rows.memory().get(HALF, at)), vector[i], lanes[lane]);
            }
        }
    }
}
