package org.patchlens.cluster.hdbscan;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Single linkage from the root down, in which a group goes on as itself while only a few points fall out of it,
/// and ends where it splits into two groups that are large enough.
///
/// Densities are inverse distances. Group 0 is the root; a group has a larger number than the one it came from.
final class CondensedTree {
    /// Points at the same place have no finite density: distances below this share of the largest count as it.
    private static final double SMALLEST_SHARE = 1e-9;

    private final SingleLinkage linkage;
    private final int minSize;
    private final double smallest;
    /// Per point, the group that it fell out of, and the density at which it did.
    private final int[] groups;

    private final double[] densities;
    private int[] parents = new int[16];
    private double[] births = new double[16];
    private int[] sizes = new int[16];
    private int count;

    private CondensedTree(SingleLinkage linkage, int minSize) {
        this.linkage = linkage;
        this.minSize = minSize;
        float longest = linkage.length(linkage.points() - 2);
        smallest = Math.max(SMALLEST_SHARE * longest, Double.MIN_NORMAL);
        groups = new int[linkage.points()];
        densities = new double[linkage.points()];
    }

    static CondensedTree of(SingleLinkage linkage, int minSize) {
        CondensedTree tree = new CondensedTree(linkage, minSize);
        tree.descend();
        return tree;
    }

    /// How many groups there are.
    int count() {
        return count;
    }

    /// The group that another came from; -1 for the root.
    int parent(int group) {
        return parents[group];
    }

    /// The density at which a group split off.
    double birth(int group) {
        return births[group];
    }

    /// The points of a group when it split off.
    int size(int group) {
        return sizes[group];
    }

    /// The group that a point fell out of.
    int group(int point) {
        return groups[point];
    }

    /// The density at which a point fell out of its group.
    double density(int point) {
        return densities[point];
    }

    /// @param node of the single linkage
    /// @param group that it belongs to
    private record Visit(int node, int group) {}

    private void descend() {
        Deque<Visit> open = new ArrayDeque<>();
        open.add(new Visit(2 * linkage.points() - 2, add(-1, 0, linkage.points())));
        while (!open.isEmpty()) {
            Visit visit = open.remove();
            int merge = visit.node() - linkage.points();
            double density = 1 / Math.max(smallest, linkage.length(merge));
            int left = linkage.left(merge);
            int right = linkage.right(merge);
            boolean both = Math.min(linkage.size(left), linkage.size(right)) >= minSize;
            for (int child : new int[] {left, right}) {
                if (linkage.size(child) < minSize) {
                    drop(child, visit.group(), density);
                } else {
                    int group = both ? add(visit.group(), density, linkage.size(child)) : visit.group();
                    open.add(new Visit(child, group));
                }
            }
        }
    }

    private int add(int parent, double birth, int size) {
        if (count == parents.length) {
            parents = Arrays.copyOf(parents, 2 * count);
            births = Arrays.copyOf(births, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        parents[count] = parent;
        births[count] = birth;
        sizes[count] = size;
        return count++;
    }

    /// All points below a node fall out of a group.
    private void drop(int node, int group, double density) {
        Deque<Integer> below = new ArrayDeque<>();
        below.push(node);
        while (!below.isEmpty()) {
            int next = below.pop();
            if (next < linkage.points()) {
                groups[next] = group;
                densities[next] = density;
            } else {
                below.push(linkage.left(next - linkage.points()));
                below.push(linkage.right(next - linkage.points()));
            }
        }
    }
}
