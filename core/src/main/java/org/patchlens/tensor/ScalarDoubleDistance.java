package org.patchlens.tensor;

/// The definition, eight sums side by side, which do not wait for each other.
record ScalarDoubleDistance() implements DoubleDistance {
    @Override
    public void squared(float[] row, FloatMatrix others, int[] picks, double[] out) {
        for (int pick = 0; pick < picks.length; pick++) {
            double[] lanes = new double[LANES];
            float[] other = others.rowToArray(picks[pick]);
            int i = 0;
            for (; i + LANES <= row.length; i += LANES) {
                for (int lane = 0; lane < LANES; lane++) {
                    double difference = (double) row[i + lane] - other[i + lane];
                    lanes[lane] = Math.fma(difference, difference, lanes[lane]);
                }
            }
            for (; i < row.length; i++) {
                double difference = (double) row[i] - other[i];
                lanes[i % LANES] = Math.fma(difference, difference, lanes[i % LANES]);
            }
            out[pick] = DoubleDistance.sum(lanes, 0);
        }
    }
}
