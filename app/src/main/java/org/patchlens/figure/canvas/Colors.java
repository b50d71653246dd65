package org.patchlens.figure.canvas;

import java.util.List;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;

/// Numbers to colours.
public final class Colors {
    /// What a missing number looks like.
    public static final int MISSING = 0xd9d9d9;

    private Colors() {}

    /// The colour of a number, 0xRRGGBB; numbers beyond the scale get the colour of its end.
    public static int of(ColorScale scale, float value) {
        if (Float.isNaN(value)) {
            return MISSING;
        }
        double range = (double) scale.high() - scale.low();
        return at(scale.map(), range == 0 ? 0.5 : (value - scale.low()) / range);
    }

    /// The colour at a part of the map.
    ///
    /// @param part 0 to 1; beyond that, the end
    public static int at(ColorMap map, double part) {
        List<Integer> anchors = ColorTables.of(map);
        double position = Math.clamp(part, 0.0, 1.0) * (anchors.size() - 1);
        int below = Math.min((int) position, anchors.size() - 2);
        return mix(anchors.get(below), anchors.get(below + 1), position - below);
    }

    /// A colour between two, channel by channel.
    ///
    /// @param part 0 for the first, 1 for the second
    public static int mix(int first, int second, double part) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = first >> shift & 0xff;
            int b = second >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * part) << shift;
        }
        return mixed;
    }
}
