package org.patchlens.analysis.norms;

import java.util.Locale;

/// Numbers as they are read in figures.
final class Numbers {
    private Numbers() {}

    /// Four significant digits.
    static String significant(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.4g", value);
    }

    /// All digits, without a fraction of zero.
    static String plain(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /// A share in percent with two decimals.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
