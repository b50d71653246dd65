package org.patchlens.analysis.attention;

import java.util.Arrays;
import java.util.List;
import org.patchlens.tensor.FloatMatrix;

/// The numbers of maps that share a colour scale.
///
/// @param smallest that is shown; 0 if nothing is
/// @param largest that is shown; 0 if nothing is
/// @param high the upper end of the scale
record MapRange(float smallest, float largest, float high) {
    /// One number in a hundred may be above the scale: a single strong patch must not leave all others black.
    private static final double BELOW_THE_END = 0.99;

    /// Where few patches have all, the rest is noise and stays dark.
    private static final float MOST_ABOVE_THE_END = 4;

    /// Looks at maps; the scale ends where they need it to.
    ///
    /// @param maps `float[H][W]` each; NaN is not shown
    static MapRange of(List<FloatMatrix> maps) {
        float[] shown = shown(maps);
        if (shown.length == 0) {
            return new MapRange(0, 0, Float.MIN_NORMAL);
        }
        float largest = shown[shown.length - 1];
        float usual = shown[(int) Math.ceil(BELOW_THE_END * shown.length) - 1];
        float high = Math.max(usual, largest / MOST_ABOVE_THE_END);
        return new MapRange(shown[0], largest, Math.max(high, Float.MIN_NORMAL));
    }

    /// The same maps on a scale with another end.
    MapRange to(float end) {
        return new MapRange(smallest, largest, Math.max(end, Float.MIN_NORMAL));
    }

    /// All numbers that are shown, ascending.
    private static float[] shown(List<FloatMatrix> maps) {
        float[] all = new float
                [maps.stream().mapToInt(map -> map.rows() * map.columns()).sum()];
        int count = 0;
        for (FloatMatrix map : maps) {
            for (int row = 0; row < map.rows(); row++) {
                for (int column = 0; column < map.columns(); column++) {
                    float value = map.get(row, column);
                    all[count] = value;
                    count += Float.isNaN(value) ? 0 : 1;
                }
            }
        }
        float[] shown = Arrays.copyOf(all, count);
        Arrays.sort(shown);
        return shown;
    }
}
