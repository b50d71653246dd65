package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {
    /// All lengths around one, two and four vectors of 16, and the dimensions of real models with their
    /// neighbours.
    static IntStream lengths() {
        return IntStream.concat(
                IntStream.rangeClosed(0, 67),
                IntStream.of(127, 128, 129, 191, 192, 193, 383, 384, 385, 767, 768, 769, 1023, 1024, 1536, 4099));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void vectorsOfEveryWidthGiveTheBitsOfTheScalarTwin(int length) {
        for (long seed = 0; seed < 20; seed++) {
            RandomGenerator random = new Seed(seed).task(length).generator();
            int gap = (int) seed % 5;
            MemorySegment a = noise(random, length + gap);
            MemorySegment b = noise(random, length + gap);
            float expected = new ScalarDotProduct().of(a, gap * 4L, b, 0, length);
            for (int width : new int[] {4, 8, 16}) {
                float found = new VectorDotProduct(width).of(a, gap * 4L, b, 0, length);
                assertThat(Float.floatToRawIntBits(found))
                        .as("vectors of %d, length %d, seed %d", width, length, seed)
                        .isEqualTo(Float.floatToRawIntBits(expected));
            }
        }
    }

    /// The bound of a sum of products with one rounding per step: half a unit in the last place, 2^-24, per step.
    @ParameterizedTest
    @MethodSource("lengths")
    void theErrorStaysWithinTheDocumentedBound(int length) {
        RandomGenerator random = new Seed(7).task(length).generator();
        FloatMatrix a = FloatMatrix.over(noise(random, length), 1, length);
        FloatMatrix b = FloatMatrix.over(noise(random, length), 1, length);
        double exact = 0;
        double absolute = 0;
        for (int i = 0; i < length; i++) {
            exact += (double) a.get(0, i) * b.get(0, i);
            absolute += Math.abs((double) a.get(0, i) * b.get(0, i));
        }
        assertThat(Math.abs(Kernels.dot(a, 0, b, 0) - exact))
                .isLessThanOrEqualTo((length / 16.0 + 5) * 0x1p-24 * absolute);
    }

    @Test
    void elementsThatAreSixteenApartAreAddedFirst() {
        FloatMatrix ones = FloatMatrix.zeros(1, 17);
        FloatMatrix values = FloatMatrix.zeros(1, 17);
        for (int i = 0; i < 17; i++) {
            ones.set(0, i, 1);
        }
        values.set(0, 0, 1e8f);
        values.set(0, 1, 1);
        values.set(0, 16, -1e8f);
        // From left to right the 1 would be lost: 1e8 + 1 is 1e8 as a float.
        assertThat(Kernels.dot(values, 0, ones, 0)).isEqualTo(1);
    }

    @Test
    void theProductIsNotRoundedBeforeItIsAdded() {
        float almostOne = 1 - 0x1p-24f;
        FloatMatrix a = FloatMatrix.zeros(1, 17);
        FloatMatrix b = FloatMatrix.zeros(1, 17);
        a.set(0, 0, -1);
        b.set(0, 0, almostOne);
        a.set(0, 16, almostOne);
        b.set(0, 16, almostOne);
        // Rounded by itself, the product of lane 0 would be 1 - 2^-23.
        assertThat(Kernels.dot(a, 0, b, 0)).isEqualTo((float) ((double) almostOne * almostOne - almostOne));
    }

    @Test
    void aRowIsTheRowThatWasAskedFor() {
        FloatMatrix matrix = FloatMatrix.of(3, 2, 3, 4, 6, 8, 5, 12);
        assertThat(Kernels.rowNorms(matrix)).containsExactly(5, 10, 13);
        assertThat(Kernels.norm(matrix, 1)).isEqualTo(10);
        assertThat(Kernels.squaredNorm(matrix, 2)).isEqualTo(169);
        assertThat(Kernels.dot(matrix, 0, matrix, 2)).isEqualTo(63);
    }

    @Test
    void normsAreRightFromTheSmallestToTheLargestNumbers() {
        for (float value :
                new float[] {Float.MIN_VALUE, 1e-30f, 1e-10f, 1, 500, 1e4f, 65_504, 1e18f, 1e19f, 3e38f / 32}) {
            FloatMatrix row = FloatMatrix.zeros(1, 1024);
            for (int i = 0; i < 1024; i++) {
                row.set(0, i, value);
            }
            // The norm of 1,024 equal numbers is 32 of them.
            assertThat(Kernels.norm(row, 0) / value).as("%s", value).isCloseTo(32f, within(32 * 0x1p-18f));
        }
    }

    private static Offset<Float> within(float offset) {
        return Offset.offset(offset);
    }

    @Test
    void whatIsNotFiniteIsSeenInTheNorm() {
        assertThat(Kernels.norm(FloatMatrix.of(1, 2, 1, Float.NaN), 0)).isNaN();
        assertThat(Kernels.norm(FloatMatrix.of(1, 2, 1, Float.NEGATIVE_INFINITY), 0))
                .isInfinite();
        assertThat(Kernels.norm(FloatMatrix.zeros(1, 5), 0)).isZero();
    }

    @Test
    void rowsOfDifferentLengthAndRowsThatAreNotThereAreRefused() {
        FloatMatrix two = FloatMatrix.zeros(1, 2);
        assertThatThrownBy(() -> Kernels.dot(two, 0, FloatMatrix.zeros(1, 3), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 numbers times one of 3");
        assertThatThrownBy(() -> Kernels.norm(two, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /// Of widely differing sizes, so that another order of adding gives other bits.
    private static MemorySegment noise(RandomGenerator random, int length) {
        FloatMatrix noise = FloatMatrix.zeros(1, length);
        for (int i = 0; i < length; i++) {
            noise.set(0, i, (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-4, 4))));
        }
        return noise.segment();
    }
}
