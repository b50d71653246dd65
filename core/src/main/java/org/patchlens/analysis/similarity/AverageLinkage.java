package org.patchlens.analysis.similarity;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;

/// Hierarchical clustering by average linkage (Sokal and Michener 1958), by chains of nearest neighbours (Murtagh
/// 1983): n^2 operations and n^2 numbers of memory.
final class AverageLinkage {
    private final int points;
    private final double[][] distances;
    private final int[] sizes;
    private final int[] first;
    private final int[] last;
    private final int[] next;
    private final double[] heights;
    private int joined;

    private AverageLinkage(FloatMatrix similarities) {
        points = similarities.rows();
        distances = new double[points][points];
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < points; j++) {
                distances[i][j] = 1.0 - similarities.get(i, j);
            }
        }
        sizes = new int[points];
        first = new int[points];
        last = new int[points];
        next = new int[points];
        Arrays.fill(sizes, 1);
        Arrays.fill(next, -1);
        Arrays.setAll(first, i -> i);
        Arrays.setAll(last, i -> i);
        heights = new double[Math.max(0, points - 1)];
    }

    /// Clusters rows.
    ///
    /// @param similarities `float[n][n]`, symmetric; a distance is 1 less the similarity
    static AverageLinkage of(FloatMatrix similarities) {
        AverageLinkage linkage = new AverageLinkage(similarities);
        linkage.joinAll();
        return linkage;
    }

    /// The rows in the order of the tree's leaves: of two branches the one that holds the smaller number is first.
    int[] order() {
        int[] order = new int[points];
        int at = 0;
        for (int leaf = points == 0 ? -1 : first[root()]; leaf >= 0; leaf = next[leaf]) {
            order[at++] = leaf;
        }
        return order;
    }

    /// The distances at which clusters were joined, ascending.
    double[] heights() {
        double[] sorted = heights.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private int root() {
        int root = 0;
        while (sizes[root] == 0) {
            root++;
        }
        return root;
    }

    private void joinAll() {
        int[] chain = new int[points];
        int length = 0;
        while (joined < points - 1) {
            if (length == 0) {
                chain[length++] = root();
            }
            int end = chain[length - 1];
            int previous = length > 1 ? chain[length - 2] : -1;
            int nearest = nearest(end, previous);
            if (nearest == previous) {
                join(Math.min(end, nearest), Math.max(end, nearest));
                length -= 2;
            } else {
                chain[length++] = nearest;
            }
        }
    }

    /// The nearest living cluster; of equal ones the one that ends the chain, then the smallest number.
    private int nearest(int cluster, int preferred) {
        int nearest = preferred;
        for (int other = 0; other < points; other++) {
            if (other != cluster
                    && sizes[other] > 0
                    && (nearest < 0 || distances[cluster][other] < distances[cluster][nearest])) {
                nearest = other;
            }
        }
        return nearest;
    }

    /// The lower number takes over the other; its leaves hold the smallest number of both, and come first.
    private void join(int kept, int gone) {
        heights[joined++] = distances[kept][gone];
        int size = sizes[kept] + sizes[gone];
        for (int other = 0; other < points; other++) {
            if (sizes[other] > 0 && other != kept && other != gone) {
                double mean = (distances[kept][other] * sizes[kept] + distances[gone][other] * sizes[gone]) / size;
                distances[kept][other] = mean;
                distances[other][kept] = mean;
            }
        }
        sizes[kept] = size;
        sizes[gone] = 0;
        next[last[kept]] = first[gone];
        last[kept] = last[gone];
    }
}
