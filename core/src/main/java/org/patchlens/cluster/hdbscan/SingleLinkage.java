package org.patchlens.cluster.hdbscan;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The merges of single linkage: point i is node i, merge j makes node N + j.
final class SingleLinkage {
    private final int points;
    private final int[] left;
    private final int[] right;
    private final float[] lengths;
    private final int[] sizes;

    private SingleLinkage(int points) {
        this.points = points;
        left = new int[points - 1];
        right = new int[points - 1];
        lengths = new float[points - 1];
        sizes = new int[points - 1];
    }

    static SingleLinkage of(SpanningTree tree) {
        int merges = tree.size();
        int points = merges + 1;
        int[] order = IntStream.range(0, merges)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer edge) -> tree.length(edge))
                        .thenComparingInt(edge -> Math.min(tree.from(edge), tree.to(edge)))
                        .thenComparingInt(edge -> Math.max(tree.from(edge), tree.to(edge))))
                .mapToInt(Integer::intValue)
                .toArray();
        DisjointSets sets = new DisjointSets(points);
        int[] nodes = IntStream.range(0, points).toArray();
        SingleLinkage linkage = new SingleLinkage(points);
        for (int merge = 0; merge < merges; merge++) {
            int edge = order[merge];
            linkage.left[merge] = nodes[sets.find(tree.from(edge))];
            linkage.right[merge] = nodes[sets.find(tree.to(edge))];
            linkage.lengths[merge] = tree.length(edge);
            linkage.sizes[merge] = linkage.size(linkage.left[merge]) + linkage.size(linkage.right[merge]);
            sets.merge(tree.from(edge), tree.to(edge));
            nodes[sets.find(tree.from(edge))] = points + merge;
        }
        return linkage;
    }

    /// The points below a node.
    int size(int node) {
        return node < points ? 1 : sizes[node - points];
    }

    /// N.
    int points() {
        return points;
    }

    /// One node of a merge.
    int left(int merge) {
        return left[merge];
    }

    /// The other node of a merge.
    int right(int merge) {
        return right[merge];
    }

    /// The distance that a merge bridges; merges are in the order of their lengths.
    float length(int merge) {
        return lengths[merge];
    }
}
