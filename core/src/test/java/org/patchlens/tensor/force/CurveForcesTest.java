package org.patchlens.tensor.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the definitions in double precision. A power is right to 2e-4: 1.2e-4 of its logarithm, base 2, times
/// b, and 7.5e-5; a force follows it at most one to one.
class CurveForcesTest {
    @ParameterizedTest
    @CsvSource({"1.577, 0.895", "1.929, 0.7915", "0.115, 1.929", "1, 1"})
    void forcesAreThoseOfTheDefinition(float a, float b) {
        CurveForces curve = new CurveForces(a, b);
        for (double square = 1e-17; square < 1e12; square *= 1.013) {
            double rounded = (float) square;
            double power = Math.pow(rounded, b);
            double pull = 2.0 * a * b * power / (rounded * (1 + a * power));
            double push = 2.0 * b / ((0.02 + rounded) * (1 + a * power));
            assertThat(curve.pull((float) square) / pull).isEqualTo(1, within(3e-4));
            assertThat(curve.push((float) square) / push).isEqualTo(1, within(3e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({"1.577, 0.895", "1.929, 0.7915", "0.115, 1.929"})
    void noPushIsLongerThanItsLimit(float a, float b) {
        CurveForces curve = new CurveForces(a, b);
        for (float distance = 1e-6f; distance < 100; distance *= 1.1f) {
            float square = distance * distance + CurveForces.LEAST_SQUARE;
            assertThat(curve.push(square) * distance).isLessThan(b * 7.0711f);
        }
    }
}
