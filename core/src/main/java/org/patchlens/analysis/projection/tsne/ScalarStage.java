package org.patchlens.analysis.projection.tsne;

/// The definition of a stage, for any radix; results differ from those of vectors in the last bits.
///
/// @param radix r
/// @param butterflies the number of them
/// @param width the floats of one number over all columns and interleaved transforms
/// @param twiddles of the outputs
record ScalarStage(int radix, int butterflies, int width, Twiddles twiddles) implements FourierStage {
    @Override
    public void run(float[] real, float[] imaginary, float[] outReal, float[] outImaginary, boolean inverse) {
        double sign = inverse ? 1 : -1;
        for (int p = 0; p < butterflies; p++) {
            for (int j = 0; j < radix; j++) {
                float cosine = twiddles.cosines()[p * radix + j];
                float sine = (inverse ? -1 : 1) * twiddles.sines()[p * radix + j];
                for (int c = 0; c < width; c++) {
                    double sumReal = 0;
                    double sumImaginary = 0;
                    for (int q = 0; q < radix; q++) {
                        double angle = sign * 2 * Math.PI * (j * q % radix) / radix;
                        int at = (p + q * butterflies) * width + c;
                        sumReal += real[at] * Math.cos(angle) - imaginary[at] * Math.sin(angle);
                        sumImaginary += real[at] * Math.sin(angle) + imaginary[at] * Math.cos(angle);
                    }
                    int out = (p * radix + j) * width + c;
                    outReal[out] = (float) (sumReal * cosine - sumImaginary * sine);
                    outImaginary[out] = (float) (sumReal * sine + sumImaginary * cosine);
                }
            }
        }
    }
}
