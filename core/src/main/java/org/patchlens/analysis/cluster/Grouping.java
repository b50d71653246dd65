package org.patchlens.analysis.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.cluster.KMeans;
import org.patchlens.cluster.hdbscan.Hdbscan;
import org.patchlens.tensor.FloatMatrix;

/// The clusters of points, the largest first.
final class Grouping {
    private final int[] labels;
    private final int[] sizes;
    private final FloatMatrix probabilities;
    private final Optional<KMeans> kMeans;
    /// The new number of each cluster.
    private final int[] numbers;

    private final boolean exact;

    private Grouping(int[] found, int clusters, double[] probabilities, Optional<KMeans> kMeans, boolean exact) {
        this.kMeans = kMeans;
        this.exact = exact;
        int[] counts = new int[clusters];
        Arrays.stream(found).filter(label -> label >= 0).forEach(label -> counts[label]++);
        int[] order = IntStream.range(0, clusters)
                .boxed()
                .sorted(Comparator.comparingInt((Integer cluster) -> -counts[cluster]))
                .mapToInt(Integer::intValue)
                .toArray();
        numbers = new int[clusters];
        for (int i = 0; i < clusters; i++) {
            numbers[order[i]] = i;
        }
        sizes = Arrays.stream(order).map(cluster -> counts[cluster]).toArray();
        labels = Arrays.stream(found)
                .map(label -> label < 0 ? label : numbers[label])
                .toArray();
        this.probabilities = FloatMatrix.zeros(1, found.length);
        for (int i = 0; i < found.length; i++) {
            this.probabilities.set(0, i, (float) probabilities[i]);
        }
    }

    static Grouping of(KMeans found) {
        int[] labels = found.labels();
        double[] certain = new double[labels.length];
        Arrays.fill(certain, 1);
        return new Grouping(labels, found.centers().rows(), certain, Optional.of(found), true);
    }

    static Grouping of(Hdbscan found) {
        return new Grouping(found.labels(), found.clusters(), found.probabilities(), Optional.empty(), found.isExact());
    }

    /// The cluster of each point, -1 for noise; not to be changed.
    int[] labels() {
        return labels;
    }

    int clusters() {
        return sizes.length;
    }

    int size(int cluster) {
        return sizes[cluster];
    }

    FloatMatrix probabilities() {
        return probabilities;
    }

    boolean exact() {
        return exact;
    }

    /// The k-means that found it, if it was k-means.
    Optional<KMeans> kMeans() {
        return kMeans;
    }

    /// The number here of a cluster as k-means numbers it.
    int number(int cluster) {
        return numbers[cluster];
    }
}
