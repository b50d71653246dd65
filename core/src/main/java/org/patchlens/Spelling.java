package org.patchlens;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a mistyped name most likely meant.
public final class Spelling {
    /// Longer names are compared by their first characters only, which bounds the work.
    private static final int LONGEST = 256;

    private Spelling() {}

    /// The candidate that a mistyped name most likely meant: at most a third of it differs.
    public static Optional<String> nearest(String typed, Collection<String> candidates) {
        return nearest(typed, candidates, 1).stream().findFirst();
    }

    /// The candidates that a mistyped name most likely meant, best first: at most a third of each differs, or it
    /// contains what was typed. Case is ignored.
    ///
    /// @param most how many are given at most
    public static List<String> nearest(String typed, Collection<String> candidates, int most) {
        String wanted = normal(typed);
        return candidates.stream()
                .map(candidate -> new Rated(candidate, effort(wanted, normal(candidate))))
                .filter(rated -> rated.effort <= Math.max(1, Math.min(LONGEST, rated.name.length()) / 3))
                .sorted(Comparator.comparingInt(Rated::effort).thenComparing(Rated::name))
                .limit(most)
                .map(Rated::name)
                .toList();
    }

    /// The question that ends an error: `Did you mean a, b or c?`, empty if nothing is near.
    public static String question(String typed, Collection<String> candidates) {
        List<String> near = nearest(typed, candidates, 3);
        if (near.isEmpty()) {
            return "";
        }
        String last = near.getLast();
        String others = near.stream().limit(near.size() - 1L).collect(Collectors.joining(", "));
        return "Did you mean " + (others.isEmpty() ? "" : others + " or ") + last + "?";
    }

    private record Rated(String name, int effort) {}

    private static String normal(String name) {
        return name.substring(0, Math.min(LONGEST, name.length())).toLowerCase(Locale.ROOT);
    }

    /// A part of the name counts as one edit.
    private static int effort(String typed, String candidate) {
        boolean isPart = typed.length() >= 3 && candidate.contains(typed);
        return isPart && !typed.equals(candidate) ? 1 : distance(typed, candidate);
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
