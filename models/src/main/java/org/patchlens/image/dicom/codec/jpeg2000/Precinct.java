package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.ArrayList;
import java.util.List;

/// A precinct: the code blocks that share packets (T.800 B.6 and B.7).
///
/// @param resolution that it belongs to
/// @param component that it belongs to
/// @param number of the precinct in its resolution
/// @param x of its corner on the image, for the order of packets
/// @param y of its corner on the image, for the order of packets
/// @param parts one per band of the resolution
record Precinct(int resolution, int component, int number, long x, long y, List<Part> parts) {
    /// The code blocks of one band.
    ///
    /// @param band that they belong to
    /// @param columns of the grid of code blocks
    /// @param blocks row by row
    /// @param inclusion in which layer a code block first appears
    /// @param emptyPlanes how many bit planes of a code block are empty
    record Part(Band band, int columns, List<CodeBlock> blocks, TagTree inclusion, TagTree emptyPlanes) {
        /// Lays the grid of code blocks over a part of a band.
        static Part of(Band band, int[] area, int blockWidth, int blockHeight) {
            List<CodeBlock> blocks = new ArrayList<>();
            int columns = 0;
            int rows = 0;
            if (area[2] > area[0] && area[3] > area[1]) {
                int left = area[0] >> blockWidth;
                int top = area[1] >> blockHeight;
                columns = ((area[2] - 1) >> blockWidth) + 1 - left;
                rows = ((area[3] - 1) >> blockHeight) + 1 - top;
                for (int row = top; row < top + rows; row++) {
                    for (int column = left; column < left + columns; column++) {
                        int x = Math.max(area[0], column << blockWidth);
                        int y = Math.max(area[1], row << blockHeight);
                        int right = Math.min(area[2], (column + 1) << blockWidth);
                        int bottom = Math.min(area[3], (row + 1) << blockHeight);
                        blocks.add(new CodeBlock(x, y, right - x, bottom - y));
                    }
                }
            }
            return new Part(band, columns, blocks, new TagTree(columns, rows), new TagTree(columns, rows));
        }
    }
}
