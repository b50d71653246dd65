package org.patchlens.analysis;

import java.util.Locale;

/// How names and numbers are spelled outside Java.
final class Words {
    private Words() {}

    /// `earlyExaggeration` and `EARLY_EXAGGERATION` become `early-exaggeration`.
    static String kebab(String name) {
        String separated = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-');
        return separated.toLowerCase(Locale.ROOT);
    }

    /// `early-exaggeration` becomes `Early exaggeration`.
    static String title(String kebab) {
        return kebab.substring(0, 1).toUpperCase(Locale.ROOT)
                + kebab.substring(1).replace('-', ' ');
    }

    /// The shortest text that reads back as the same number; whole numbers have no fraction.
    static String number(double value) {
        return withoutFraction(Double.toString(value));
    }

    /// The shortest text that reads back as the same number; whole numbers have no fraction.
    static String number(float value) {
        return withoutFraction(Float.toString(value));
    }

    private static String withoutFraction(String text) {
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
