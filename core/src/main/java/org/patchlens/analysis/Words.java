package org.patchlens.analysis;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// How names and numbers are spelled outside Java.
public final class Words {
    private Words() {}

    /// `earlyExaggeration` and `EARLY_EXAGGERATION` become `early-exaggeration`.
    static String kebab(String name) {
        String separated = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-');
        return separated.toLowerCase(Locale.ROOT);
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

    /// The candidate that a mistyped name most likely meant: at most a third of it differs.
    public static Optional<String> nearest(String typed, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(typed, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
    }

    /// How many letters must be inserted, deleted or replaced (Levenshtein).
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
