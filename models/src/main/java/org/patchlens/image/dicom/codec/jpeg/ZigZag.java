package org.patchlens.image.dicom.codec.jpeg;

/// The order in which the 64 coefficients of a block are written (T.81 figure A.6).
final class ZigZag {
    /// The place in the block, row by row, of each coefficient as it is written.
    static final int[] ORDER = order();

    private ZigZag() {}

    private static int[] order() {
        int[] order = new int[64];
        int row = 0;
        int column = 0;
        for (int i = 0; i < 64; i++) {
            order[i] = 8 * row + column;
            boolean upward = (row + column) % 2 == 0;
            if (upward && column == 7) {
                row++;
            } else if (upward && row == 0) {
                column++;
            } else if (!upward && row == 7) {
                column++;
            } else if (!upward && column == 0) {
                row++;
            } else {
                row += upward ? -1 : 1;
                column += upward ? 1 : -1;
            }
        }
        return order;
    }
}
