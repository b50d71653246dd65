package org.patchlens.analysis.projection.umap;

import java.util.Arrays;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.force.PointMotion;

/// Points in sets, no two of which are neighbours within a set: those of a set may move at the same time.
///
/// Places of points stand set by set, each filled up to a multiple of [PointMotion#WIDTH]; within a set those
/// whose neighbours hold them most come first, so that points which move together wait little for each other.
///
/// @param points at each place, -1 where there is none
/// @param starts of the sets among the places, and the end of the last
@SuppressWarnings("ArrayRecordComponent") // never compared
record IndependentSets(int[] points, int[] starts) {
    /// Fewer sets are seldom enough for 15 neighbours, and more would be small.
    private static final int FEWEST = 24;

    static IndependentSets of(SymmetricWeights weights) {
        int[] setOf = new int[weights.points()];
        int[] sizes = sizes(weights, setOf);
        int[] starts = new int[sizes.length + 1];
        for (int set = 0; set < sizes.length; set++) {
            starts[set + 1] = starts[set] + Math.ceilDiv(sizes[set], PointMotion.WIDTH) * PointMotion.WIDTH;
        }
        long[] keys = new long[setOf.length];
        // the sum of the weights in 2^-8, the largest first; below it the point
        Arrays.setAll(keys, i -> (long) -(int) (256 * sum(weights, i)) << 32 | i);
        Arrays.sort(keys);
        int[] points = new int[starts[sizes.length]];
        Arrays.fill(points, -1);
        int[] ends = starts.clone();
        for (long key : keys) {
            points[ends[setOf[(int) key]]++] = (int) key;
        }
        return new IndependentSets(points, starts);
    }

    private static double sum(SymmetricWeights weights, int point) {
        double sum = 0;
        for (int e = weights.starts()[point]; e < weights.starts()[point + 1]; e++) {
            sum += weights.values()[e];
        }
        return sum;
    }

    /// Puts each point into the smallest set in which it has no neighbour, and returns the sizes of the sets.
    private static int[] sizes(SymmetricWeights weights, int[] setOf) {
        Arrays.fill(setOf, -1);
        int[] sizes = new int[FEWEST];
        int[] taken = new int[FEWEST];
        for (int i = 0; i < setOf.length; i++) {
            for (int e = weights.starts()[i]; e < weights.starts()[i + 1]; e++) {
                int set = setOf[weights.columns()[e]];
                if (set >= 0) {
                    taken[set] = i + 1;
                }
            }
            int smallest = smallest(sizes, taken, i + 1);
            if (smallest == sizes.length) {
                sizes = Arrays.copyOf(sizes, smallest + 1);
                taken = Arrays.copyOf(taken, smallest + 1);
            }
            setOf[i] = smallest;
            sizes[smallest]++;
        }
        return sizes;
    }

    /// The smallest set that is not taken; the number of sets if all are.
    private static int smallest(int[] sizes, int[] taken, int mark) {
        int smallest = sizes.length;
        for (int set = 0; set < sizes.length; set++) {
            if (taken[set] != mark && (smallest == sizes.length || sizes[set] < sizes[smallest])) {
                smallest = set;
            }
        }
        return smallest;
    }

    int count() {
        return starts.length - 1;
    }

    /// Where each point stands.
    int[] places(int count) {
        int[] places = new int[count];
        for (int place = 0; place < points.length; place++) {
            if (points[place] >= 0) {
                places[points[place]] = place;
            }
        }
        return places;
    }
}
