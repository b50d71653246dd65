package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;

/// One row at a time with the ordinary dot product; the slow twin, and the form for narrow vectors.
///
/// @param dot of two rows
record PlainRowScan(DotProduct dot) implements RowScan {
    /// With the fastest dot product of this Java runtime.
    static final PlainRowScan PREFERRED = new PlainRowScan(Kernels.DOT);

    @Override
    public void products(StoredRows rows, float[] vector, float[] out, int at) {
        MemorySegment other = MemorySegment.ofArray(vector);
        int step = RowScan.rowsPerBlock(rows.columns());
        float[] block = new float[step * rows.columns()];
        for (int from = 0; from < rows.rows(); from += step) {
            int count = Math.min(step, rows.rows() - from);
            MemorySegment wide = widened(rows.rows(from, from + count), block);
            for (int row = 0; row < count; row++) {
                long start = (long) row * vector.length * Float.BYTES;
                out[at + from + row] = dot.of(wide, start, other, 0, vector.length);
            }
        }
    }

    @Override
    public void picked(StoredRows rows, int[] picks, int count, ScanVector vector, float[] out) {
        for (int i = 0; i < count; i++) {
            products(rows.rows(picks[i], picks[i] + 1), vector.numbers(), out, i);
        }
    }

    /// See [StoredRows#squaredDistances].
    void squaredDistances(StoredRows rows, float[] point, float[] out) {
        float[] difference = new float[point.length];
        MemorySegment memory = MemorySegment.ofArray(difference);
        int step = RowScan.rowsPerBlock(rows.columns());
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
