package org.patchlens.patch;

import java.util.ArrayList;
import java.util.List;

/// The best patches of those that are offered in ascending order; equal ones in the order in which they came.
final class TopHits {
    private final int most;
    private final List<PatchHit> best = new ArrayList<>();
    private float worst = Float.NEGATIVE_INFINITY;

    /// @param most how many are kept, at least 1
    TopHits(int most) {
        this.most = most;
    }

    /// What a hit must exceed to be kept.
    float worst() {
        return worst;
    }

    void offer(PatchHit hit) {
        int place = best.size();
        while (place > 0 && best.get(place - 1).similarity() < hit.similarity()) {
            place--;
        }
        if (place == most) {
            return;
        }
        best.add(place, hit);
        if (best.size() > most) {
            best.removeLast();
        }
        if (best.size() == most) {
            worst = best.getLast().similarity();
        }
    }

    /// Best first.
    List<PatchHit> best() {
        return best;
    }
}
