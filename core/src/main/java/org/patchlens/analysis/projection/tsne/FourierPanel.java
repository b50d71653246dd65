package org.patchlens.analysis.projection.tsne;

import java.util.Arrays;

/// Room for [#WIDTH] complex columns side by side, which are transformed together.
///
/// Number i of column c is at `i * WIDTH + c`. Not safe for several threads.
final class FourierPanel {
    /// Columns of a panel: its four arrays stay in the second-level cache up to lengths of about 1,000.
    static final int WIDTH = 32;

    float[] real;
    float[] imaginary;
    private float[] otherReal;
    private float[] otherImaginary;
    private final int length;

    FourierPanel(int length) {
        this.length = length;
        real = new float[length * WIDTH];
        imaginary = new float[length * WIDTH];
        otherReal = new float[length * WIDTH];
        otherImaginary = new float[length * WIDTH];
    }

    /// Fills the numbers from `from` on with zeros.
    void clearFrom(int from) {
        Arrays.fill(real, from * WIDTH, length * WIDTH, 0);
        Arrays.fill(imaginary, from * WIDTH, length * WIDTH, 0);
    }

    /// Runs one stage from the one pair of arrays to the other, which becomes the content.
    void run(FourierStage stage, boolean inverse) {
        stage.run(real, imaginary, otherReal, otherImaginary, inverse);
        float[] swapped = real;
        real = otherReal;
        otherReal = swapped;
        swapped = imaginary;
        imaginary = otherImaginary;
        otherImaginary = swapped;
    }
}
