package org.patchlens.figure.axis;

import java.util.stream.DoubleStream;

/// Numbers along one side of a plot: the range that is drawn and the ticks in it.
///
/// @param low the number at the start
/// @param high the number at the end, above `low`
/// @param logarithmic whether equal distances are equal factors; `low` is then above 0
/// @param ticks in the range
public record Axis(double low, double high, boolean logarithmic, Ticks ticks) {
    /// An axis from 0, or from the smallest number below it, to a tick above all numbers.
    public static Axis fromZero(DoubleStream numbers, int most) {
        double[] finite = finite(numbers.toArray());
        double low = Math.min(0, DoubleStream.of(finite).min().orElse(0));
        double high = Math.max(0, DoubleStream.of(finite).max().orElse(1));
        return rounded(low, low == high ? low + 1 : high, most);
    }

    /// An axis that just holds the numbers.
    public static Axis around(DoubleStream numbers, int most, boolean logarithmic) {
        double[] finite = finite(numbers.toArray());
        if (logarithmic) {
            double low = DoubleStream.of(finite).filter(v -> v > 0).min().orElse(1);
            double high = Math.max(low, DoubleStream.of(finite).max().orElse(10));
            double start = low / 1.15;
            double end = high * 1.15;
            return new Axis(start, end, true, Ticks.logarithmic(start, end, most));
        }
        double low = DoubleStream.of(finite).min().orElse(0);
        double high = DoubleStream.of(finite).max().orElse(1);
        // A range that begins near 0 begins at 0: curves are compared by their heights.
        boolean nearZero = low > 0 && low < (high - low) / 2;
        return rounded(nearZero ? 0 : low, low == high ? low + 1 : high, most);
    }

    /// An axis that ends exactly at its first and last number.
    public static Axis exactly(double low, double high, int most) {
        double end = low == high ? low + 1 : high;
        return new Axis(low, end, false, Ticks.linear(low, end, most));
    }

    /// Both ends are moved outwards to the next tick.
    private static Axis rounded(double low, double high, int most) {
        Ticks inner = Ticks.linear(low, high, most);
        double step = inner.values().size() > 1
                ? inner.values().get(1) - inner.values().get(0)
                : high - low;
        double start = Math.floor(low / step + 1e-4) * step;
        double end = Math.ceil(high / step - 1e-4) * step;
        return new Axis(start, end, false, Ticks.linear(start, end, most + 2));
    }

    private static double[] finite(double[] numbers) {
        return DoubleStream.of(numbers).filter(Double::isFinite).toArray();
    }

    /// Where a number stands: 0 at the start, 1 at the end.
    public double part(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }
}
