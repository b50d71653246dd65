package org.patchlens.tensor;

/// One stage of a transform: columns of `size` numbers, `stride` of them interleaved, become `radix` times as many
/// of `size / radix`.
sealed interface FourierStage permits VectorStage, ScalarStage {
    /// Runs it.
    ///
    /// @param real of the numbers that are read
    /// @param imaginary of the numbers that are read
    /// @param outReal of the numbers that are written
    /// @param outImaginary of the numbers that are written
    void run(float[] real, float[] imaginary, float[] outReal, float[] outImaginary, boolean inverse);

    /// With vectors where this Java runtime offers them.
    static FourierStage of(int radix, int size, int stride) {
        Twiddles twiddles = Twiddles.of(radix, size);
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorStage(radix, size / radix, stride * FourierPanel.WIDTH, twiddles)
                : new ScalarStage(radix, size / radix, stride * FourierPanel.WIDTH, twiddles);
    }

    /// The factors e^(-2 pi i p j / size) of output j of butterfly p, at `p * radix + j`.
    ///
    /// @param cosines their real parts
    /// @param sines their imaginary parts
    @SuppressWarnings("ArrayRecordComponent") // a table, never compared
    record Twiddles(float[] cosines, float[] sines) {
        static Twiddles of(int radix, int size) {
            float[] cosines = new float[size];
            float[] sines = new float[size];
            for (int p = 0; p < size / radix; p++) {
                for (int j = 0; j < radix; j++) {
                    double angle = -2 * Math.PI * p * j / size;
                    cosines[p * radix + j] = (float) Math.cos(angle);
                    sines[p * radix + j] = (float) Math.sin(angle);
                }
            }
            return new Twiddles(cosines, sines);
        }
    }
}
