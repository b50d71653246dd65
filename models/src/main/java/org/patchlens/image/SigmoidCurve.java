package org.patchlens.image;

/// The window of VOI LUT function SIGMOID (PS3.3 C.11.2.1.3.1): `1 / (1 + exp(-4 (x - centre) / width))`.
///
/// @param centre shown as middle grey
/// @param width over which the tangent at the centre goes from black to white; negative for inverted images, never
///     0
public record SigmoidCurve(double centre, double width) implements DisplayFunction {
    public SigmoidCurve {
        if (!Double.isFinite(centre) || !Double.isFinite(width) || width == 0) {
            throw new IllegalArgumentException("a sigmoid of " + centre + "/" + width);
        }
    }

    @Override
    public float shade(float value) {
        // The strict exponential has the same bits on every machine.
        float shade = (float) (1 / (1 + StrictMath.exp(-4 * (value - centre) / width)));
        return Float.isNaN(shade) ? 0 : shade;
    }

    /// The tangent at the centre.
    @Override
    public DisplayRange range() {
        float black = (float) (centre - width / 2);
        float white = (float) (centre + width / 2);
        return new DisplayRange(black, white == black ? Math.nextUp(black) : white);
    }

    @Override
    public SigmoidCurve inverted() {
        return new SigmoidCurve(centre, -width);
    }
}
