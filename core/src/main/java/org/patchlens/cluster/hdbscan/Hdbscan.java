package org.patchlens.cluster.hdbscan;

import java.util.Arrays;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// Clusters by density.
///
/// The time goes into the neighbour graph and into the spanning tree, N^2 D operations each at most.
public final class Hdbscan {
    /// The label of a point that belongs to no cluster.
    public static final int NOISE = -1;

    private final int[] labels;
    private final double[] probabilities;
    private final int clusters;
    private final boolean exact;

    private Hdbscan(int[] labels, double[] probabilities, int clusters, boolean exact) {
        this.labels = labels;
        this.probabilities = probabilities;
        this.clusters = clusters;
        this.exact = exact;
    }

    /// Groups points.
    ///
    /// @param rows `float[N][D]`, N at least 2
    /// @param graph the Euclidean neighbours of the rows, at least `minSamples - 1` of each; with
    ///     [HdbscanSettings#neighbors()] the spanning tree is found quickly
    public static Hdbscan of(FloatMatrix rows, NeighborGraph graph, HdbscanSettings settings, TaskPool pool) {
        SpanningTree tree = SpanningTree.of(new ReachablePoints(rows, graph, settings.minSamples()), pool);
        CondensedTree condensed = CondensedTree.of(SingleLinkage.of(tree), settings.minClusterSize());
        boolean[] selected = switch (settings.selection()) {
            case EXCESS_OF_MASS -> persistent(condensed);
            case LEAF -> leaves(condensed);
        };
        return label(condensed, selected, rows.rows(), tree.isExact());
    }

    /// A group is chosen where it is more stable than all chosen groups below it together; never the root.
    private static boolean[] persistent(CondensedTree tree) {
        double[] stabilities = stabilities(tree);
        double[] below = new double[tree.count()];
        boolean[] chosen = new boolean[tree.count()];
        for (int group = tree.count() - 1; group > 0; group--) {
            chosen[group] = below[group] <= stabilities[group];
            below[tree.parent(group)] += Math.max(below[group], stabilities[group]);
        }
        for (int group = 1; group < tree.count(); group++) {
            for (int above = tree.parent(group); above > 0; above = tree.parent(above)) {
                chosen[group] &= !chosen[above];
            }
        }
        return chosen;
    }

    private static double[] stabilities(CondensedTree tree) {
        double[] stabilities = new double[tree.count()];
        for (int group = 1; group < tree.count(); group++) {
            int parent = tree.parent(group);
            stabilities[parent] += (tree.birth(group) - tree.birth(parent)) * tree.size(group);
        }
        for (int point = 0; point < tree.size(0); point++) {
            int group = tree.group(point);
            stabilities[group] += tree.density(point) - tree.birth(group);
        }
        return stabilities;
    }

    private static boolean[] leaves(CondensedTree tree) {
        boolean[] leaves = new boolean[tree.count()];
        Arrays.fill(leaves, 1, leaves.length, true);
        for (int group = 1; group < tree.count(); group++) {
            leaves[tree.parent(group)] = false;
        }
        return leaves;
    }

    private static Hdbscan label(CondensedTree tree, boolean[] selected, int points, boolean exact) {
        int[] numbers = new int[tree.count()];
        double[] highest = new double[tree.count()];
        int clusters = 0;
        for (int group = 0; group < tree.count(); group++) {
            boolean inside = group > 0 && !selected[group];
            numbers[group] = selected[group] ? clusters++ : inside ? numbers[tree.parent(group)] : NOISE;
            if (group > 0) {
                highest[tree.parent(group)] = Math.max(highest[tree.parent(group)], tree.birth(group));
            }
        }
        int[] labels = new int[points];
        for (int point = 0; point < points; point++) {
            int group = tree.group(point);
            labels[point] = numbers[group];
            highest[group] = Math.max(highest[group], tree.density(point));
        }
        double[] probabilities = new double[points];
        for (int point = 0; point < points; point++) {
            if (labels[point] != NOISE) {
                int group = tree.group(point);
                while (!selected[group]) {
                    group = tree.parent(group);
                }
                probabilities[point] = Math.min(1, tree.density(point) / highest[group]);
            }
        }
        return new Hdbscan(labels, probabilities, clusters, exact);
    }

    /// How many clusters there are, perhaps none.
    public int clusters() {
        return clusters;
    }

    /// The cluster of every point, 0 to `clusters() - 1`, or [#NOISE]; a copy.
    public int[] labels() {
        return labels.clone();
    }

    /// How firmly every point belongs to its cluster: the density at which it falls out of it as a share of the
    /// highest there, 0 to 1; 0 for noise. A copy.
    public double[] probabilities() {
        return probabilities.clone();
    }

    /// Whether every pair of points that could matter was compared; with very many points, parts of the spanning
    /// tree are taken from the neighbour graph alone.
    public boolean isExact() {
        return exact;
    }
}
