package org.patchlens.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Images per second of one contender over the rounds of a run.
///
/// @param name of the contender
/// @param perRound images per second, a number for each round
record Rates(String name, List<Double> perRound) {
    static Rates of(String name) {
        return new Rates(name, new ArrayList<>());
    }

    double median() {
        return median(perRound);
    }

    /// The median over the rounds of this contender's rate over the other's in the same round: what disturbs the
    /// machine for a while disturbs both.
    double pairedRatio(Rates other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < perRound.size(); round++) {
            ratios.add(perRound.get(round) / other.perRound.get(round));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// A row of a Markdown table: name, median, minimum, maximum, ratio.
    String row(double ratio) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.2f |",
                name,
                median(),
                perRound.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                perRound.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN),
                ratio);
    }
}
