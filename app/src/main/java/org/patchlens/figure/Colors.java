package org.patchlens.figure;

import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;

/// Numbers to colours.
final class Colors {
    /// What a missing number looks like.
    static final int MISSING = 0xd9d9d9;

    /// Ten colours of viridis at equal distances (Smith and van der Walt 2015, matplotlib's default, CC0).
    private static final int[] VIRIDIS = {
        0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725
    };

    /// Ten colours of inferno at equal distances (Smith and van der Walt 2015, CC0).
    private static final int[] INFERNO = {
        0x000004, 0x1b0c42, 0x4b0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925, 0xfb9a06, 0xf7d03c, 0xfcffa4
    };

    /// Blues reversed, white, Oranges (Brewer 2003, colorbrewer2.org).
    private static final int[] DIVERGING = {
        0x08519c, 0x3182bd, 0x6baed6, 0xbdd7e7, 0xf7f7f7, 0xfdbe85, 0xfd8d3c, 0xe6550d, 0xa63603
    };

    private Colors() {}

    /// The colour of a number, 0xRRGGBB; numbers beyond the scale get the colour of its end.
    static int of(ColorScale scale, float value) {
        if (Float.isNaN(value)) {
            return MISSING;
        }
        double range = (double) scale.high() - scale.low();
        return at(scale.map(), range == 0 ? 0.5 : (value - scale.low()) / range);
    }

    /// The colour at a part of the map.
    ///
    /// @param part 0 to 1; beyond that, the end
    static int at(ColorMap map, double part) {
        int[] anchors = switch (map) {
            case VIRIDIS -> VIRIDIS;
            case INFERNO -> INFERNO;
            case DIVERGING -> DIVERGING;
        };
        double position = Math.clamp(part, 0.0, 1.0) * (anchors.length - 1);
        int below = Math.min((int) position, anchors.length - 2);
        return mix(anchors[below], anchors[below + 1], position - below);
    }

    /// A colour between two, channel by channel.
    ///
    /// @param part 0 for the first, 1 for the second
    static int mix(int first, int second, double part) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = first >> shift & 0xff;
            int b = second >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * part) << shift;
        }
        return mixed;
    }
}
