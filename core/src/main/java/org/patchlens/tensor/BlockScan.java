package org.patchlens.tensor;

import java.util.Arrays;

/// Compares some rows with a block of points and marks those that are near enough; all forms with the same bits.
///
/// The score of a row x and a point y is |y|^2 / 2 - x.y, half of the squared distance but for |x|^2, which is the
/// same for all points: starting from |y|^2 / 2, the products are taken off one after the other by fused
/// multiply-adds.
public sealed interface BlockScan permits PlainBlockScan, BlockScanOf8, BlockScanOf16 {
    /// The points of a block.
    int WIDTH = 64;

    /// The rows that are compared at a time.
    int HEIGHT = 8;

    /// Points of a block, one below the other.
    ///
    /// @param values `float[D][WIDTH]`
    /// @param halves half the squared length of each, `float[WIDTH]`; NaN where there is no point
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(float[] values, float[] halves) {
        /// A block without points.
        public static Block empty(int dimensions) {
            float[] halves = new float[WIDTH];
            Arrays.fill(halves, Float.NaN);
            return new Block(new float[dimensions * WIDTH], halves);
        }

        /// Puts a point at a place of the block.
        ///
        /// @param row at least as long as the points have dimensions
        /// @param half its squared length
        public void put(int place, float[] row, float half) {
            for (int i = 0; i < values.length / WIDTH; i++) {
                values[i * WIDTH + place] = row[i];
            }
            halves[place] = half;
        }
    }

    /// Rows that are compared with a block.
    ///
    /// @param values of all rows, with the opposite sign
    /// @param starts of [#HEIGHT] rows in `values`; the same may stand twice
    /// @param limits a point whose score is above the one of a row is not marked, `float[HEIGHT]`
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rows(float[] values, int[] starts, float[] limits) {}

    /// What was found.
    ///
    /// @param scores `float[HEIGHT][WIDTH]`
    /// @param marks of each row, a bit for each point, the first the lowest
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Hits(float[] scores, long[] marks) {
        /// Room for one scan.
        public static Hits room() {
            return new Hits(new float[HEIGHT * WIDTH], new long[HEIGHT]);
        }
    }

    /// Overwrites `hits`.
    void scan(Rows rows, Block block, Hits hits);

    /// The fastest form that this Java runtime offers.
    static BlockScan chosen() {
        return switch (Kernels.DOT) {
            case VectorDotProduct vectors when vectors.width() == 16 -> new BlockScanOf16();
            case VectorDotProduct vectors when vectors.width() == 8 -> new BlockScanOf8();
            case VectorDotProduct _, ScalarDotProduct _ -> new PlainBlockScan();
        };
    }
}
