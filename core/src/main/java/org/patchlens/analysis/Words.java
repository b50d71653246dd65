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

    /// How many letters must be inserted, deleted, replaced, or exchanged with their neighbour (optimal string
    /// alignment).
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int fewest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}
