package org.patchlens.tensor.force;

/// What two points of a map do to each other whose nearness at a distance d is 1 / (1 + a d^(2b)), as UMAP has it.
///
/// Powers are polynomials for a logarithm and an exponential function, right to 2e-4 of themselves.
///
/// @param a positive
/// @param b positive
public record CurveForces(float a, float b) {
    /// Added to squared distances, so that they have a logarithm.
    static final float LEAST_SQUARE = 0x1p-60f;

    /// Added to squared distances where points push, so that no push is longer than b / sqrt(0.02): 6 at the usual
    /// smallest distance. The paper's implementation adds 0.001 and cuts each coordinate off at 4; so a few more
    /// neighbours stay together, and no vector is compared.
    static final float SOFTENING = 0.02f;

    static final int THREE_QUARTERS = Float.floatToRawIntBits(0.75f);
    static final int MANTISSA_BITS = 23;

    /// log2(1 + t) = t (L0 + L1 t + L2 t^2 + L3 t^3) for t from -1/4 to 1/2, right to 1.2e-4.
    static final float L0 = 1.4424995f;

    static final float L1 = -0.72826785f;
    static final float L2 = 0.49647814f;
    static final float L3 = -0.2623054f;

    /// 2^t = E0 + E1 t + E2 t^2 + E3 t^3 for t from -1/2 to 1/2, right to 7.5e-5 of itself.
    static final float E0 = 0.99992806f;

    static final float E1 = 0.69326097f;
    static final float E2 = 0.24261113f;
    static final float E3 = 0.05517167f;

    /// A small number that is added to it has been rounded to a whole one, which stands in the lowest bits.
    static final float ROUNDING = 0x1.8p23f;

    /// What two neighbours pull at each other, per unit of their difference: the slope of log(nearness) by the
    /// square of the distance, times 2.
    ///
    /// @param square of their distance, positive
    float pull(float square) {
        float power = power(square);
        return 2 * a * b * power / (Math.fma(power, a, 1) * square);
    }

    /// What two points that are no neighbours push each other, per unit of their difference: the slope of log(1 -
    /// nearness) by the square of the distance, times 2, softened.
    ///
    /// @param square of their distance, positive
    float push(float square) {
        return 2 * b / (Math.fma(power(square), a, 1) * (square + SOFTENING));
    }

    /// square^b, in the steps of [VectorCurve].
    private float power(float square) {
        int bits = Float.floatToRawIntBits(square);
        // square = 2^exponent (1 + t)
        int exponent = (bits - THREE_QUARTERS) >> MANTISSA_BITS;
        float t = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1;
        float series = Math.fma(Math.fma(t, L3, L2), t * t, Math.fma(t, L1, L0));
        float logarithm = Math.fma(series, t, exponent);
        float rounded = Math.fma(logarithm, b, ROUNDING);
        float rest = Math.fma(logarithm, b, ROUNDING - rounded);
        float mantissa = Math.fma(Math.fma(rest, E3, E2), rest * rest, Math.fma(rest, E1, E0));
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(mantissa) + (Float.floatToRawIntBits(rounded) << MANTISSA_BITS));
    }
}
