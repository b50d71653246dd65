package org.patchlens.stats;

/// What an effect and its interval say against a size that matters in practice. There is no pass.
public enum Verdict {
    /// There are too few patients to say anything.
    INSUFFICIENT_DATA,
    /// The effect may be nothing, and may be larger than what matters.
    INCONCLUSIVE,
    /// The effect is smaller than what matters, whether or not it is nothing.
    BELOW_THRESHOLD,
    /// There is an effect; whether it is as large as what matters is open.
    DETECTED_SIZE_UNCERTAIN,
    /// The effect is larger than what matters.
    ABOVE_THRESHOLD;

    private static final double SIGNIFICANCE = 0.05;

    /// Judges an effect.
    ///
    /// @param evidence what the number of patients allows; below [Evidence#ESTIMATE] nothing is judged
    /// @param effect the interval of the effect, 0 for none
    /// @param threshold the size that matters, above 0
    /// @param qValue of the test against no effect
    public static Verdict of(Evidence evidence, Interval effect, double threshold, double qValue) {
        boolean unknown = Double.isNaN(effect.low()) || Double.isNaN(effect.high());
        if (evidence.compareTo(Evidence.ESTIMATE) < 0 || unknown) {
            return INSUFFICIENT_DATA;
        }
        if (effect.low() > -threshold && effect.high() < threshold) {
            return BELOW_THRESHOLD;
        }
        boolean excludesNothing = effect.low() > 0 || effect.high() < 0;
        if (!excludesNothing) {
            return INCONCLUSIVE;
        }
        boolean large = effect.low() > threshold || effect.high() < -threshold;
        return large && qValue < SIGNIFICANCE ? ABOVE_THRESHOLD : DETECTED_SIZE_UNCERTAIN;
    }
}
