package org.patchlens.neighbor;

import org.patchlens.tensor.BlockScan;
import org.patchlens.tensor.FloatMatrix;

/// Some points, laid out to be compared with others.
///
/// @param members their numbers, ascending
/// @param rows `float[size][D]`
/// @param negated the rows with the opposite sign
/// @param squares of the lengths of the rows, `float[size]`
/// @param panels the same points one below the other, 64 at a time
@SuppressWarnings("ArrayRecordComponent") // never compared
record PointBlock(int[] members, float[] rows, float[] negated, float[] squares, BlockScan.Block[] panels) {
    /// @param prepared see [PointSpace#prepared]
    static PointBlock of(FloatMatrix prepared, int[] members) {
        int dimensions = prepared.columns() - 2;
        float[] rows = new float[members.length * dimensions];
        float[] negated = new float[rows.length];
        float[] squares = new float[members.length];
        BlockScan.Block[] panels = new BlockScan.Block[Math.ceilDiv(members.length, BlockScan.WIDTH)];
        for (int panel = 0; panel < panels.length; panel++) {
            panels[panel] = BlockScan.Block.empty(dimensions);
        }
        for (int i = 0; i < members.length; i++) {
            float[] row = prepared.rowToArray(members[i]);
            for (int column = 0; column < dimensions; column++) {
                rows[i * dimensions + column] = row[column];
                negated[i * dimensions + column] = -row[column];
            }
            squares[i] = row[dimensions + 1];
            panels[i / BlockScan.WIDTH].put(i % BlockScan.WIDTH, row, squares[i] / 2);
        }
        return new PointBlock(members, rows, negated, squares, panels);
    }

    int size() {
        return members.length;
    }

    /// Writes the mean of the points; the square of its length.
    ///
    /// @param center `float[1][D]`
    double writeCenter(FloatMatrix center) {
        double square = 0;
        for (int column = 0; column < center.columns(); column++) {
            double sum = 0;
            for (int i = 0; i < size(); i++) {
                sum += rows[i * center.columns() + column];
            }
            float mean = (float) (sum / size());
            center.set(0, column, mean);
            square += (double) mean * mean;
        }
        return square;
    }
}
