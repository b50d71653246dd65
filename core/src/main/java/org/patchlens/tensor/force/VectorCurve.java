package org.patchlens.tensor.force;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [CurveForces] of as many distances at a time as a vector holds, to the same bits.
final class VectorCurve {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    static final FloatVector LEAST_SQUARE = all(CurveForces.LEAST_SQUARE);
    private static final FloatVector ONE = all(1);
    private static final FloatVector SOFTENING = all(CurveForces.SOFTENING);
    private static final FloatVector L0 = all(CurveForces.L0);
    private static final FloatVector L1 = all(CurveForces.L1);
    private static final FloatVector L2 = all(CurveForces.L2);
    private static final FloatVector L3 = all(CurveForces.L3);
    private static final FloatVector E0 = all(CurveForces.E0);
    private static final FloatVector E1 = all(CurveForces.E1);
    private static final FloatVector E2 = all(CurveForces.E2);
    private static final FloatVector E3 = all(CurveForces.E3);
    private static final FloatVector ROUNDING = all(CurveForces.ROUNDING);

    private VectorCurve() {}

    static FloatVector pull(FloatVector square, CurveForces curve) {
        FloatVector power = power(square, curve.b());
        return power.mul(2 * curve.a() * curve.b())
                .div(power.fma(all(curve.a()), ONE).mul(square));
    }

    static FloatVector push(FloatVector square, CurveForces curve) {
        FloatVector power = power(square, curve.b());
        return all(2 * curve.b()).div(power.fma(all(curve.a()), ONE).mul(square.add(SOFTENING)));
    }

    private static FloatVector power(FloatVector square, float b) {
        IntVector bits = square.reinterpretAsInts();
        IntVector exponent =
                bits.sub(CurveForces.THREE_QUARTERS).lanewise(VectorOperators.ASHR, CurveForces.MANTISSA_BITS);
        FloatVector t = bits.sub(exponent.lanewise(VectorOperators.LSHL, CurveForces.MANTISSA_BITS))
                .reinterpretAsFloats()
                .sub(ONE);
        FloatVector series = t.fma(L3, L2).fma(t.mul(t), t.fma(L1, L0));
        FloatVector logarithm = series.fma(t, (FloatVector) exponent.convertShape(VectorOperators.I2F, FLOATS, 0));
        FloatVector rounded = logarithm.fma(all(b), ROUNDING);
        FloatVector rest = logarithm.fma(all(b), ROUNDING.sub(rounded));
        FloatVector mantissa = rest.fma(E3, E2).fma(rest.mul(rest), rest.fma(E1, E0));
        return mantissa.reinterpretAsInts()
                .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, CurveForces.MANTISSA_BITS))
                .reinterpretAsFloats();
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
