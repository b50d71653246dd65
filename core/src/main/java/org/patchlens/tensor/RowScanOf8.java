package org.patchlens.tensor;

import static org.patchlens.tensor.Kernels.LANES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Four rows side by side, each in two vectors of 8 floats; see [RowScanOf16].
record RowScanOf8() implements RowScan {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    private static final int HALF_OF_LANES = LANES / 2;
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
                RowScanOf16.restOfHalves(block, row * columns, vector, lanes);
                for (int i = 0; i < Math.min(ABREAST, count - row); i++) {
                    out[at + from + row + i] = RowScan.sum(lanes, i * LANES);
                }
            }
        }
    }

    private static void fourHalves(short[] block, int start, float[] shifted, float[] lanes) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector lowA = a;
        FloatVector lowB = a;
        FloatVector lowC = a;
        FloatVector lowD = a;
        int columns = shifted.length;
        int second = start + columns;
        int third = second + columns;
        int fourth = third + columns;
        for (int i = 0; i + LANES <= columns; i += LANES) {
            FloatVector low = FloatVector.fromArray(FLOATS, shifted, i);
            lowA = wide(block, start + i).fma(low, lowA);
            lowB = wide(block, second + i).fma(low, lowB);
            lowC = wide(block, third + i).fma(low, lowC);
            lowD = wide(block, fourth + i).fma(low, lowD);
            FloatVector high = FloatVector.fromArray(FLOATS, shifted, i + HALF_OF_LANES);
            a = wide(block, start + i + HALF_OF_LANES).fma(high, a);
            b = wide(block, second + i + HALF_OF_LANES).fma(high, b);
            c = wide(block, third + i + HALF_OF_LANES).fma(high, c);
            d = wide(block, fourth + i + HALF_OF_LANES).fma(high, d);
        }
        lowA.intoArray(lanes, 0);
        a.intoArray(lanes, HALF_OF_LANES);
        lowB.intoArray(lanes, LANES);
        b.intoArray(lanes, LANES + HALF_OF_LANES);
        lowC.intoArray(lanes, 2 * LANES);
        c.intoArray(lanes, 2 * LANES + HALF_OF_LANES);
        lowD.intoArray(lanes, 3 * LANES);
        d.intoArray(lanes, 3 * LANES + HALF_OF_LANES);
    }

    private static FloatVector wide(short[] block, int at) {
        IntVector bits =
                (IntVector) ShortVector.fromArray(SHORTS, block, at).convertShape(VectorOperators.S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, 13).and(0x8fff_e000).reinterpretAsFloats();
    }

    private static void singles(StoredRows rows, float[] vector, float[] out, int at) {
        float[] lanes = new float[ABREAST * LANES];
        int whole = rows.rows() - rows.rows() % ABREAST;
        long row = (long) vector.length * Float.BYTES;
        for (int from = 0; from < whole; from += ABREAST) {
            fourSingles(rows.memory(), from * row, vector, lanes);
            RowScanOf16.restOfSingles(rows.memory(), from * row, vector, lanes);
            for (int i = 0; i < ABREAST; i++) {
                out[at + from + i] = RowScan.sum(lanes, i * LANES);
            }
        }
        PlainRowScan.PREFERRED.products(rows.rows(whole, rows.rows()), vector, out, at + whole);
    }

    private static void fourSingles(MemorySegment memory, long start, float[] vector, float[] lanes) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector lowA = a;
        FloatVector lowB = a;
        FloatVector lowC = a;
        FloatVector lowD = a;
        long row = (long) vector.length * Float.BYTES;
        for (int i = 0; i + LANES <= vector.length; i += LANES) {
            FloatVector low = FloatVector.fromArray(FLOATS, vector, i);
            long at = start + (long) i * Float.BYTES;
            lowA = single(memory, at).fma(low, lowA);
            lowB = single(memory, at + row).fma(low, lowB);
            lowC = single(memory, at + 2 * row).fma(low, lowC);
            lowD = single(memory, at + 3 * row).fma(low, lowD);
            FloatVector high = FloatVector.fromArray(FLOATS, vector, i + HALF_OF_LANES);
            long next = at + HALF_OF_LANES * Float.BYTES;
            a = single(memory, next).fma(high, a);
            b = single(memory, next + row).fma(high, b);
            c = single(memory, next + 2 * row).fma(high, c);
            d = single(memory, next + 3 * row).fma(high, d);
        }
        lowA.intoArray(lanes, 0);
        a.intoArray(lanes, HALF_OF_LANES);
        lowB.intoArray(lanes, LANES);
        b.intoArray(lanes, LANES + HALF_OF_LANES);
        lowC.intoArray(lanes, 2 * LANES);
        c.intoArray(lanes, 2 * LANES + HALF_OF_LANES);
        lowD.intoArray(lanes, 3 * LANES);
        d.intoArray(lanes, 3 * LANES + HALF_OF_LANES);
    }

    private static FloatVector single(MemorySegment memory, long at) {
        return FloatVector.fromMemorySegment(FLOATS, memory, at, ORDER);
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
            RowScanOf16.restOfPicked(rows, four, vector.numbers(), lanes);
            for (int i = 0; i < some; i++) {
                out[from + i] = RowScan.sum(lanes, i * LANES);
            }
        }
    }

    private static void fourPicked(StoredRows rows, int[] four, float[] shifted, float[] lanes) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector lowA = a;
        FloatVector lowB = a;
        FloatVector lowC = a;
        FloatVector lowD = a;
        MemorySegment memory = rows.memory();
        long row = (long) shifted.length * Short.BYTES;
        long first = four[0] * row;
        long second = four[1] * row;
        long third = four[2] * row;
        long fourth = four[3] * row;
        for (int i = 0; i + LANES <= shifted.length; i += LANES) {
            FloatVector low = FloatVector.fromArray(FLOATS, shifted, i);
            long at = (long) i * Short.BYTES;
            lowA = wide(memory, first + at).fma(low, lowA);
            lowB = wide(memory, second + at).fma(low, lowB);
            lowC = wide(memory, third + at).fma(low, lowC);
            lowD = wide(memory, fourth + at).fma(low, lowD);
            FloatVector high = FloatVector.fromArray(FLOATS, shifted, i + HALF_OF_LANES);
            long next = at + HALF_OF_LANES * Short.BYTES;
            a = wide(memory, first + next).fma(high, a);
            b = wide(memory, second + next).fma(high, b);
            c = wide(memory, third + next).fma(high, c);
            d = wide(memory, fourth + next).fma(high, d);
        }
        lowA.intoArray(lanes, 0);
        a.intoArray(lanes, HALF_OF_LANES);
        lowB.intoArray(lanes, LANES);
        b.intoArray(lanes, LANES + HALF_OF_LANES);
        lowC.intoArray(lanes, 2 * LANES);
        c.intoArray(lanes, 2 * LANES + HALF_OF_LANES);
        lowD.intoArray(lanes, 3 * LANES);
        d.intoArray(lanes, 3 * LANES + HALF_OF_LANES);
    }

    private static FloatVector wide(MemorySegment memory, long at) {
        IntVector bits = (IntVector) ShortVector.fromMemorySegment(SHORTS, memory, at, ORDER)
                .convertShape(VectorOperators.S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, 13).and(0x8fff_e000).reinterpretAsFloats();
    }
}
