package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfPrecisionTest {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// IEEE 754-2019, section 3.4: (-1)^s 2^(e - 15) (1 + f / 1024), or (-1)^s 2^-14 f / 1024 where e is 0.
    private static double byDefinition(int half) {
        double sign = (half & 0x8000) == 0 ? 1 : -1;
        int exponent = half >> 10 & 31;
        int fraction = half & 1023;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * Math.scalb(fraction / 1024.0, -14)
                : sign * Math.scalb(1 + fraction / 1024.0, exponent - 15);
    }

    private static MemorySegment halves(int count) {
        return Arena.ofAuto().allocate((long) count * Short.BYTES);
    }

    @Test
    void everyHalfWidensToItsValueAndBack() {
        MemorySegment all = halves(1 << 16);
        for (int half = 0; half < 1 << 16; half++) {
            all.set(HALF, 2L * half, (short) half);
        }
        FloatMatrix wide = FloatMatrix.zeros(256, 256);
        HalfPrecision.widen(all, wide);
        MemorySegment back = halves(1 << 16);
        assertThat(HalfPrecision.narrow(wide, back)).isFalse();
        for (int half = 0; half < 1 << 16; half++) {
            double value = byDefinition(half);
            assertThat(Double.compare(wide.get(half >> 8, half & 255), value)).isZero();
            if (!Double.isNaN(value)) {
                assertThat(back.get(HALF, 2L * half)).isEqualTo((short) half);
            }
        }
    }

    @Test
    void betweenTwoHalvesTheNearerIsTakenAndInTheMiddleTheEvenOne() {
        for (int half = 0; half < 0x7bff; half += 7) {
            double below = byDefinition(half);
            double above = byDefinition(half + 1);
            float middle = (float) ((below + above) / 2);
            int even = half % 2 == 0 ? half : half + 1;
            assertThat(narrowed(middle)).as("%s", middle).isEqualTo((short) even);
            assertThat(narrowed(-middle)).isEqualTo((short) (even | 0x8000));
            assertThat(narrowed(Math.nextDown(middle))).isEqualTo((short) half);
            assertThat(narrowed(Math.nextUp(middle))).isEqualTo((short) (half + 1));
        }
    }

    private static short narrowed(float value) {
        MemorySegment half = halves(1);
        assertThat(HalfPrecision.narrow(FloatMatrix.of(1, 1, value), half)).isTrue();
        return half.get(HALF, 0);
    }

    @Test
    void whatRoundsToInfinityIsToldAndWhatRoundsToTheLargestNumberIsNot() {
        assertThat(narrowed(Math.nextDown(65_520f))).isEqualTo((short) 0x7bff);
        assertThat(narrowed(-65_504f)).isEqualTo((short) 0xfbff);
        for (float tooMuch : new float[] {65_520f, -65_520f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN}) {
            assertThat(HalfPrecision.narrow(FloatMatrix.of(1, 1, tooMuch), halves(1)))
                    .as("%s", tooMuch)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 2047, 2048, 2049, 5000})
    void everyLengthIsConvertedWhole(int length) {
        FloatMatrix numbers = FloatMatrix.zeros(1, length);
        for (int i = 0; i < length; i++) {
            numbers.set(0, i, i - 100.5f);
        }
        MemorySegment half = halves(length);
        assertThat(HalfPrecision.narrow(numbers, half)).isTrue();
        FloatMatrix back = FloatMatrix.zeros(1, length);
        HalfPrecision.widen(half, back);
        for (int i = 0; i < length; i++) {
            assertThat(back.get(0, i)).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(i - 100.5f)));
        }
        if (length > 0) {
            numbers.set(0, length - 1, Float.NaN);
            assertThat(HalfPrecision.narrow(numbers, half)).isFalse();
            assertThat(HalfPrecision.isFinite(numbers)).isFalse();
            numbers.set(0, length - 1, -Float.MAX_VALUE);
            assertThat(HalfPrecision.isFinite(numbers)).isTrue();
        }
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> HalfPrecision.widen(halves(3), FloatMatrix.zeros(2, 2)))
                .hasMessage("6 bytes for 4 numbers of 2 bytes");
    }
}
