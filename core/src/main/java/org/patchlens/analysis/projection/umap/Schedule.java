package org.patchlens.analysis.projection.umap;

import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.force.PointMotion;
import org.patchlens.tensor.force.TimedPairs;

/// When the pairs of neighbours act: as often as their weight says, the strongest in every epoch. Those that would
/// not act once are left out.
///
/// @param weights of pairs
/// @param strongest of them
/// @param least that acts
record Schedule(SymmetricWeights weights, float strongest, float least) {
    /// 2^64 divided by the golden ratio: multiples of it lie evenly.
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private static final double EVERY_TIME = 0xffffffffL;

    static Schedule of(SymmetricWeights weights, int epochs) {
        float strongest = 0;
        for (float value : weights.values()) {
            strongest = Math.max(strongest, value);
        }
        return new Schedule(weights, strongest, strongest / epochs);
    }

    /// The pairs by places of points.
    ///
    /// @param places of all points
    /// @param count of places, those included at which there is no point
    TimedPairs pairs(int[] places, int count) {
        int[] lengths = new int[count];
        for (int point = 0; point < places.length; point++) {
            lengths[places[point]] = acting(point);
        }
        int[] starts = new int[count + 1];
        for (int place = 0; place < count; place++) {
            int room = Math.ceilDiv(lengths[place], PointMotion.WIDTH) * PointMotion.WIDTH;
            starts[place + 1] = Math.addExact(starts[place], room);
        }
        TimedPairs pairs = TimedPairs.room(starts);
        for (int point = 0; point < places.length; point++) {
            fill(pairs, point, places);
        }
        return pairs;
    }

    private void fill(TimedPairs pairs, int point, int[] places) {
        int at = pairs.starts()[places[point]];
        for (int e = weights.starts()[point]; e < weights.starts()[point + 1]; e++) {
            if (acts(e)) {
                pairs.columns()[at] = places[weights.columns()[e]];
                pairs.rates()[at] = (int) (long) (weights.values()[e] * (EVERY_TIME / strongest));
                // not all of the same rate act at once
                pairs.phases()[at] = (int) ((e * GOLDEN) >>> 32);
                at++;
            }
        }
    }

    private boolean acts(int pair) {
        return weights.values()[pair] > 0 && weights.values()[pair] >= least;
    }

    private int acting(int point) {
        int count = 0;
        for (int e = weights.starts()[point]; e < weights.starts()[point + 1]; e++) {
            count += acts(e) ? 1 : 0;
        }
        return count;
    }
}
