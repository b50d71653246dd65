package org.patchlens.patch;

import java.util.Arrays;

/// Sums of rows and of their directions, one pair per task, added up in the order of the tasks.
final class DirectionSums {
    private final double[][] sums;
    private final double[][] directions;
    private final long[] counts;
    private final int dimensions;

    DirectionSums(int tasks, int dimensions) {
        sums = new double[tasks][];
        directions = new double[tasks][];
        counts = new long[tasks];
        this.dimensions = dimensions;
    }

    /// Adds a row; one thread per task at a time.
    ///
    /// @param rows many rows one after the other
    /// @param at the first number of the row
    /// @param norm of the row
    void add(int task, float[] rows, int at, double norm) {
        if (sums[task] == null) {
            sums[task] = new double[dimensions];
            directions[task] = new double[dimensions];
        }
        double[] sum = sums[task];
        double[] direction = directions[task];
        double scale = norm > 0 ? 1 / norm : 0;
        for (int i = 0; i < dimensions; i++) {
            sum[i] += rows[at + i];
            direction[i] += rows[at + i] * scale;
        }
        counts[task]++;
    }

    /// The mean of the rows, `double[D]`; zeros if there are none.
    double[] mean() {
        double[] mean = total(sums);
        long count = count();
        for (int i = 0; i < dimensions && count > 0; i++) {
            mean[i] /= count;
        }
        return mean;
    }

    /// The mean cosine of two different rows: from the square of the sum of all directions, without the rows' own.
    double meanCosine() {
        long count = count();
        if (count < 2) {
            return 0;
        }
        double square = 0;
        for (double value : total(directions)) {
            square += value * value;
        }
        return (square - count) / count / (count - 1);
    }

    private long count() {
        return Arrays.stream(counts).sum();
    }

    private double[] total(double[][] parts) {
        double[] total = new double[dimensions];
        for (double[] part : parts) {
            for (int i = 0; part != null && i < dimensions; i++) {
                total[i] += part[i];
            }
        }
        return total;
    }
}
