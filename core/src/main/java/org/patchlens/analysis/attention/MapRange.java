package org.patchlens.analysis.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /// Looks at maps.
    ///
    /// @param maps `float[H][W]` each; NaN is not shown
    /// @param fixed the upper end, if somebody chose it
    static MapRange of(List<FloatMatrix> maps, Optional<Double> fixed) {
        int count = maps.stream().mapToInt(map -> map.rows() * map.columns()).sum();
        float[] shown = new float[count];
        int next = 0;
        for (FloatMatrix map : maps) {
            for (int row = 0; row < map.rows(); row++) {
                for (int column = 0; column < map.columns(); column++) {
                    float value = map.get(row, column);
                    shown[next] = value;
                    next += Float.isNaN(value) ? 0 : 1;
                }
            }
        }
        Arrays.sort(shown, 0, next);
        float smallest = next == 0 ? 0 : shown[0];
        float largest = next == 0 ? 0 : shown[next - 1];
        float usual = next == 0 ? 0 : shown[Math.min(next - 1, (int) Math.ceil(BELOW_THE_END * next) - 1)];
        float high = fixed.map(Double::floatValue).orElse(Math.max(usual, largest / MOST_ABOVE_THE_END));
        return new MapRange(smallest, largest, Math.max(high, Float.MIN_NORMAL));
    }
}
