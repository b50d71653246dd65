package org.patchlens.tensor;

/// Squared distances of a row of floats to others, computed in double precision.
///
/// The sum is defined so: the squared difference i is added to lane i mod 8 by a fused multiply-add, in ascending
/// order of i; then lane j takes lane j + 4, then j + 2, then j + 1. All forms follow it and give the same bits.
public sealed interface DoubleDistance permits ScalarDoubleDistance, VectorDoubleDistance {
    /// How many sums run side by side.
    int LANES = 8;

    /// Writes the squared distance of a row to each of some rows.
    ///
    /// @param row `float[D]`
    /// @param others `float[any][D]`
    /// @param picks numbers of the others
    /// @param out takes one number per pick
    void squared(float[] row, FloatMatrix others, int[] picks, double[] out);

    /// With vectors where this Java runtime offers vectors of 8 doubles.
    static DoubleDistance chosen() {
        return Kernels.DOT instanceof VectorDotProduct vectors && vectors.width() == 16
                ? new VectorDoubleDistance()
                : new ScalarDoubleDistance();
    }

    /// Adds the 8 lanes that start at a place.
    static double sum(double[] lanes, int at) {
        double even = (lanes[at] + lanes[at + 4]) + (lanes[at + 2] + lanes[at + 6]);
        double odd = (lanes[at + 1] + lanes[at + 5]) + (lanes[at + 3] + lanes[at + 7]);
        return even + odd;
    }
}
