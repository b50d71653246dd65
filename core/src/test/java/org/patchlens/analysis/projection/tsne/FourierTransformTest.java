package org.patchlens.analysis.projection.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.RandomMatrix;

class FourierTransformTest {
    private static final int WIDTH = FourierPanel.WIDTH;

    /// The definition in double precision. Each of the log2(length) stages rounds numbers below sqrt(length) x 4.
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 16, 36, 48, 64, 108, 144})
    void aTransformIsThatOfTheDefinition(int length) {
        FourierPanel panel = random(length);
        float[] real = panel.real.clone();
        float[] imaginary = panel.imaginary.clone();
        new FourierTransform(length).forward(panel);
        double tolerance = 4 * Math.sqrt(length) * 10 * 0x1p-24;
        for (int k = 0; k < length; k += 3) {
            double sumReal = 0;
            double sumImaginary = 0;
            for (int j = 0; j < length; j++) {
                double angle = -2 * Math.PI * j * k / length;
                sumReal += real[j * WIDTH + 5] * Math.cos(angle) - imaginary[j * WIDTH + 5] * Math.sin(angle);
                sumImaginary += real[j * WIDTH + 5] * Math.sin(angle) + imaginary[j * WIDTH + 5] * Math.cos(angle);
            }
            assertThat((double) panel.real[k * WIDTH + 5]).isEqualTo(sumReal, within(tolerance));
            assertThat((double) panel.imaginary[k * WIDTH + 5]).isEqualTo(sumImaginary, within(tolerance));
        }
    }

    @Test
    void theInverseUndoesTheTransform() {
        FourierPanel panel = random(96);
        float[] real = panel.real.clone();
        FourierTransform transform = new FourierTransform(96);
        transform.forward(panel);
        transform.inverse(panel);
        for (int i = 0; i < real.length; i++) {
            assertThat(panel.real[i] / 96).isEqualTo(real[i], within(1e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void vectorsAndScalarsAgree(int radix) {
        int size = radix * 6;
        float[] real = random(size).real;
        float[] imaginary = random(size).imaginary;
        FourierStage.Twiddles twiddles = FourierStage.Twiddles.of(radix, size);
        for (boolean inverse : new boolean[] {false, true}) {
            float[][] vector = new float[2][real.length];
            float[][] scalar = new float[2][real.length];
            new VectorStage(radix, 6, WIDTH, twiddles).run(real, imaginary, vector[0], vector[1], inverse);
            new ScalarStage(radix, 6, WIDTH, twiddles).run(real, imaginary, scalar[0], scalar[1], inverse);
            assertThat(vector[0]).containsExactly(scalar[0], within(1e-5f));
            assertThat(vector[1]).containsExactly(scalar[1], within(1e-5f));
        }
    }

    @Test
    void lengthsAreTheNextProductsOfTwoAndThree() {
        assertThat(FourierTransform.lengthFor(1)).isEqualTo(4);
        assertThat(FourierTransform.lengthFor(12)).isEqualTo(12);
        assertThat(FourierTransform.lengthFor(13)).isEqualTo(16);
        assertThat(FourierTransform.lengthFor(97)).isEqualTo(108);
        assertThat(FourierTransform.lengthFor(769)).isEqualTo(864);
    }

    private static FourierPanel random(int length) {
        FourierPanel panel = new FourierPanel(length);
        FloatMatrix numbers = RandomMatrix.normal(2, length * WIDTH, length);
        System.arraycopy(numbers.rowToArray(0), 0, panel.real, 0, length * WIDTH);
        System.arraycopy(numbers.rowToArray(1), 0, panel.imaginary, 0, length * WIDTH);
        return panel;
    }
}
