package org.patchlens.analysis.norms;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.tensor.FloatMatrix;

/// How patch norms spread, per layer, over bins whose width is a quarter of an octave: edges at 2^(k/4), the same
/// for every study.
///
/// @param edges `float[1][bins + 1]`, ascending; a bin reaches from its edge to below the next. The first bin of
///     all also holds what is below 2^-16, the last what is above 2^32
/// @param shares `float[layers][bins]`: the share of the layer's patches, each row sums to 1; empty bins at both
///     ends are left out
public record NormHistogram(FloatMatrix edges, FloatMatrix shares) {
    private static final int FIRST_QUARTER = -16 * 4;
    private static final int BINS = (16 + 32) * 4;

    /// The lower edge of bin `bin` of all [#BINS].
    private static float edge(int bin) {
        return (float) StrictMath.pow(2, (FIRST_QUARTER + bin) / 4.0);
    }

    /// Counts the norms of one layer in all bins.
    static List<Integer> counts(SortedNorms norms) {
        List<Integer> counts = new ArrayList<>();
        int below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            int belowNext = bin == BINS - 1 ? norms.count() : norms.below(edge(bin + 1));
            counts.add(belowNext - below);
            below = belowNext;
        }
        return counts;
    }

    /// The histogram of layers from their counts.
    static NormHistogram of(List<List<Integer>> layers) {
        int first = 0;
        while (isEmpty(layers, first)) {
            first++;
        }
        int last = BINS - 1;
        while (isEmpty(layers, last)) {
            last--;
        }
        FloatMatrix edges = FloatMatrix.zeros(1, last - first + 2);
        for (int i = 0; i < edges.columns(); i++) {
            edges.set(0, i, edge(first + i));
        }
        FloatMatrix shares = FloatMatrix.zeros(layers.size(), last - first + 1);
        for (int layer = 0; layer < layers.size(); layer++) {
            double total =
                    layers.get(layer).stream().mapToInt(Integer::intValue).sum();
            for (int i = 0; i < shares.columns(); i++) {
                shares.set(layer, i, (float) (layers.get(layer).get(first + i) / total));
            }
        }
        return new NormHistogram(edges, shares);
    }

    private static boolean isEmpty(List<List<Integer>> layers, int bin) {
        return layers.stream().allMatch(counts -> counts.get(bin) == 0);
    }

    /// The lower edges of the bins, as they are read.
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < shares.columns(); i++) {
            names.add(Numbers.significant(edges.get(0, i)));
        }
        return names;
    }
}
