package org.patchlens.cluster;

import org.patchlens.tensor.FloatMatrix;

/// Distances of single rows, in double precision.
final class Distances {
    private Distances() {}

    /// The squared Euclidean distance of a row of one matrix to a row of another.
    static double squared(FloatMatrix a, int rowOfA, FloatMatrix b, int rowOfB) {
        float[] first = a.rowToArray(rowOfA);
        float[] second = b.rowToArray(rowOfB);
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            double difference = (double) first[i] - second[i];
            sum += difference * difference;
        }
        return sum;
    }
}
