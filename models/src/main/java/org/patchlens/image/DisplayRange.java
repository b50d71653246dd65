package org.patchlens.image;

/// The values that are shown as black and as white.
///
/// @param black finite
/// @param white finite, not equal to `black`; below it for inverted images
public record DisplayRange(float black, float white) implements DisplayFunction {
    /// The percentiles that are shown as black and white where a file says nothing.
    public static final double LOW_PERCENT = 1;

    /// See [#LOW_PERCENT].
    public static final double HIGH_PERCENT = 99;

    public DisplayRange {
        if (!Float.isFinite(black) || !Float.isFinite(white) || black == white) {
            throw new IllegalArgumentException("black " + black + ", white " + white);
        }
    }

    /// The range between two percentiles. Where they agree (most voxels are background) it widens to the extremes,
    /// and where these agree too the constant is black and the next unit is white.
    ///
    /// @param low 0 to 100, below `high`
    public static DisplayRange between(Percentiles values, double low, double high) {
        if (values.isEmpty()) {
            return new DisplayRange(0, 1);
        }
        float black = values.at(low);
        float white = values.at(high);
        if (black < white) {
            return new DisplayRange(black, white);
        }
        float least = values.at(0);
        float most = values.at(100);
        return least < most ? new DisplayRange(least, most) : new DisplayRange(least, above(least));
    }

    @Override
    public float shade(float value) {
        float share = (value - black) / (white - black);
        return Float.isNaN(share) ? 0 : Math.clamp(share, 0, 1);
    }

    @Override
    public DisplayRange range() {
        return this;
    }

    @Override
    public DisplayRange inverted() {
        return new DisplayRange(/* black= */ white, /* white= */ black);
    }

    private static float above(float value) {
        float next = value + Math.max(1, Math.abs(value) * 0x1p-20f);
        return Float.isFinite(next) ? next : -value;
    }
}
