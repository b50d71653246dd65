package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// One row at a time; the slow twin, and the form for narrow vectors.
///
/// @param dot of two rows of 32 bits
record PlainRowScan(DotProduct dot) implements RowScan {
    /// With the fastest dot product of this Java runtime.
    static final PlainRowScan PREFERRED = new PlainRowScan(Kernels.DOT);

    private static final int BLOCK = 4096;

    @Override
    public void products(StoredRows rows, ScanVector vector, float[] out, int at) {
        float[] lanes = new float[LANES];
        MemorySegment other = MemorySegment.ofArray(vector.numbers());
        for (int row = 0; row < rows.rows(); row++) {
            out[at + row] = product(rows, row, vector, other, lanes);
        }
    }

    @Override
    public void picked(StoredRows rows, int[] picks, int count, ScanVector vector, float[] out) {
        float[] lanes = new float[LANES];
        MemorySegment other = MemorySegment.ofArray(vector.numbers());
        for (int i = 0; i < count; i++) {
            out[i] = product(rows, picks[i], vector, other, lanes);
        }
    }

    private float product(StoredRows rows, int row, ScanVector vector, MemorySegment other, float[] lanes) {
        int columns = rows.columns();
        long start = (long) row * columns * rows.precision().bytes();
        return switch (rows.precision()) {
            case SINGLE -> dot.of(rows.memory(), start, other, 0, columns);
            case HALF -> {
                Arrays.fill(lanes, 0);
                RowScan.add(rows.memory(), start, 0, vector.numbers(), lanes, 0);
                yield RowScan.sumOfAll(lanes, 0);
            }
        };
    }

    /// See [StoredRows#squaredDistances].
    void squaredDistances(StoredRows rows, float[] point, float[] out) {
        float[] difference = new float[point.length];
        MemorySegment memory = MemorySegment.ofArray(difference);
        int step = Math.max(1, BLOCK / rows.columns());
        float[] block = new float[step * rows.columns()];
        for (int from = 0; from < rows.rows(); from += step) {
            int count = Math.min(step, rows.rows() - from);
            MemorySegment wide = widened(rows.rows(from, from + count), block);
            for (int row = 0; row < count; row++) {
                long start = (long) row * point.length * Float.BYTES;
                MemorySegment.copy(wide, FloatMatrix.FLOAT, start, difference, 0, point.length);
                for (int i = 0; i < point.length; i++) {
                    difference[i] -= point[i];
                }
                out[from + row] = dot.of(memory, 0, memory, 0, point.length);
            }
        }
    }

    /// The numbers in 32 bits: where they lie, or in the array.
    private static MemorySegment widened(StoredRows rows, float[] block) {
        return switch (rows.precision()) {
            case SINGLE -> rows.memory();
            case HALF -> {
                int count = rows.rows() * rows.columns();
                MemorySegment wide = MemorySegment.ofArray(block).asSlice(0, (long) count * Float.BYTES);
                HalfPrecision.widen(rows.memory(), FloatMatrix.over(wide, rows.rows(), rows.columns()));
                yield wide;
            }
        };
    }
}
