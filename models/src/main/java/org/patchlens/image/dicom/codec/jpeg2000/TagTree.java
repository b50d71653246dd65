package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.Arrays;
import org.patchlens.image.dicom.codec.DecodingException;

/// A tag tree (T.800 B.10.2): numbers of a grid, coded through the minima of ever larger parts of it.
final class TagTree {
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final int[] widths;
    private final int[] starts;
    private final int[] values;
    private final int[] lows;

    TagTree(int width, int height) {
        int levels = 1;
        for (int size = Math.max(width, height); size > 1; size = (size + 1) >> 1) {
            levels++;
        }
        widths = new int[levels];
        starts = new int[levels];
        int nodes = 0;
        int w = width;
        int h = height;
        for (int level = 0; level < levels; level++) {
            widths[level] = w;
            starts[level] = nodes;
            nodes += w * h;
            w = (w + 1) >> 1;
            h = (h + 1) >> 1;
        }
        values = new int[nodes];
        lows = new int[nodes];
        Arrays.fill(values, UNKNOWN);
    }

    /// Reads as much as is needed to tell whether the number of a cell is below a bound.
    boolean below(PacketBits bits, int x, int y, int bound) throws DecodingException {
        int low = 0;
        int node = 0;
        for (int level = widths.length - 1; level >= 0; level--) {
            node = starts[level] + (y >> level) * widths[level] + (x >> level);
            low = Math.max(low, lows[node]);
            while (low < bound && low < values[node]) {
                if (bits.bit() == 1) {
                    values[node] = low;
                } else {
                    low++;
                }
            }
            lows[node] = low;
        }
        return values[node] < bound;
    }
}
