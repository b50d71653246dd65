package org.patchlens.figure.axis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Readable numbers along an axis.
///
/// @param values where the ticks are, ascending
/// @param labels a text for each
public record Ticks(List<Double> values, List<String> labels) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    public Ticks {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
    }

    /// Multiples of 1, 2, 2.5 or 5 times a power of ten within the range.
    ///
    /// @param most how many ticks fit
    public static Ticks linear(double low, double high, int most) {
        double step = step(high - low, most);
        List<Double> values = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            values.add(i * step);
        }
        return new Ticks(values, values.stream().map(v -> label(v, step)).toList());
    }

    /// Whole numbers within the range, for rows, columns and layers.
    public static Ticks whole(int low, int high, int most) {
        int step = (int) Math.max(1, Math.ceil(step(Math.max(1, high - low), most)));
        List<Double> values = new ArrayList<>();
        for (int i = Math.ceilDiv(low, step) * step; i <= high; i += step) {
            values.add((double) i);
        }
        return new Ticks(values, values.stream().map(v -> label(v, 1)).toList());
    }

    /// Powers of ten within the range; with 2 and 5 times them where there is room.
    ///
    /// @param low above 0
    public static Ticks logarithmic(double low, double high, int most) {
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        int decades = Math.max(1, last - first);
        int[] mantissas = decades * 3 <= most ? new int[] {1, 2, 5} : new int[] {1};
        int stride = Math.max(1, Math.ceilDiv(decades, Math.max(1, most)));
        List<Double> values = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent += stride) {
            for (int mantissa : mantissas) {
                double value = mantissa * Math.pow(10, exponent);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    values.add(value);
                }
            }
        }
        return new Ticks(values, values.stream().map(v -> label(v, v)).toList());
    }

    private static double step(double range, int most) {
        double rough = Math.max(range, Double.MIN_NORMAL) / Math.max(1, most);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double step : STEPS) {
            if (step * power >= rough * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /// A number with the decimals that its distance to the next one asks for.
    public static String label(double value, double step) {
        return label(value, step, step);
    }

    /// A number between ticks, written as they are: with an exponent if they have one.
    ///
    /// @param precision of the number; its decimals end there
    /// @param step between the ticks
    static String label(double value, double precision, double step) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1e6 || Math.abs(step) < 1e-4) {
            return minus(String.format(Locale.ROOT, "%.2e", value)
                    .replaceFirst("\\.?0*e", "e")
                    .replaceFirst("e([+-])0*", "e$1")
                    .replace("e+", "e"));
        }
        int decimals = decimals(Math.abs(precision));
        return minus(String.format(Locale.ROOT, size >= 1e4 ? "%,." + decimals + "f" : "%." + decimals + "f", value));
    }

    /// How many decimals write a step exactly, at most six.
    private static int decimals(double step) {
        int decimals = 0;
        for (double scaled = step; decimals < 6 && Math.abs(scaled - Math.rint(scaled)) > 1e-6 * scaled; scaled *= 10) {
            decimals++;
        }
        return decimals;
    }

    private static String minus(String number) {
        return number.replace('-', '\u2212');
    }
}
