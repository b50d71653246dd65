package org.patchlens.cluster.hdbscan;

/// Sets that are merged (Tarjan 1975, "Efficiency of a good but not linear set union algorithm").
final class DisjointSets {
    private final int[] parents;
    private final int[] sizes;

    DisjointSets(int count) {
        parents = new int[count];
        sizes = new int[count];
        for (int i = 0; i < count; i++) {
            parents[i] = i;
            sizes[i] = 1;
        }
    }

    /// The member that stands for the set of another.
    int find(int member) {
        int root = member;
        while (parents[root] != root) {
            root = parents[root];
        }
        for (int at = member; parents[at] != root; ) {
            int next = parents[at];
            parents[at] = root;
            at = next;
        }
        return root;
    }

    /// Merges two sets.
    ///
    /// @return whether they were two
    boolean merge(int a, int b) {
        int large = find(a);
        int small = find(b);
        if (large == small) {
            return false;
        }
        if (sizes[large] < sizes[small]) {
            int swapped = large;
            large = small;
            small = swapped;
        }
        parents[small] = large;
        sizes[large] += sizes[small];
        return true;
    }
}
