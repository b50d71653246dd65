package org.patchlens.phantom.geometry;

/// Functions of one number that shapes are blended with.
public final class Curves {
    /// Beyond this exponent a bell is taken for 0.
    private static final double NOTHING = 16;

    private Curves() {}

    /// The length of a way along two axes; quicker than `Math.hypot`, which also serves numbers that no chest
    /// has.
    public static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    /// From `from` at 0 to `to` at 1, straight.
    public static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }

    /// 0 up to `low`, 1 from `high`, smooth between them; `low` may be above `high`.
    public static double step(double low, double high, double value) {
        double share = Math.clamp((value - low) / (high - low), 0, 1);
        return share * share * (3 - 2 * share);
    }

    /// 1 at the centre, falling like a bell; 0.37 one width away.
    public static double bump(double value, double centre, double width) {
        double distance = (value - centre) / width;
        double exponent = distance * distance;
        return exponent > NOTHING ? 0 : Math.exp(-exponent);
    }

    /// The signed distance to the union of two shapes whose seam is rounded.
    ///
    /// @param roundness in millimetres
    public static double union(double a, double b, double roundness) {
        double blend = Math.max(roundness - Math.abs(a - b), 0) / roundness;
        return Math.min(a, b) - blend * blend * roundness / 4;
    }

    /// The share of a pixel that lies inside a shape, 0 to 1.
    ///
    /// @param distance signed, of the pixel's centre, in millimetres
    /// @param pixel its side in millimetres
    public static double cover(double distance, double pixel) {
        return Math.clamp(0.5 - distance / pixel, 0, 1);
    }
}
