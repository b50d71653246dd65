package org.patchlens.neighbor;

import java.util.Arrays;

/// The nearest points seen so far of each point of one block.
///
/// What is kept does not depend on the order in which points are offered: a point is dropped only when enough
/// others come before it in the order of distance, then number. One thread at a time.
final class Candidates {
    private static final int ROOM = 64;

    private final int kept;
    private final int capacity;
    private final long[] keys;
    private final int[] counts;
    private final float[] limits;

    /// @param points of the block
    /// @param kept how many are kept of each
    Candidates(int points, int kept) {
        this.kept = kept;
        capacity = 2 * kept + ROOM;
        keys = new long[points * capacity];
        counts = new int[points];
        limits = new float[points];
        Arrays.fill(limits, Float.POSITIVE_INFINITY);
    }

    /// The distances, one per point of the block, above which an offer is in vain; they shrink with the offers.
    float[] limits() {
        return limits;
    }

    /// Keeps another point if it is near enough.
    void offer(int point, float distance, int other) {
        int at = point * capacity;
        keys[at + counts[point]++] = key(distance, other);
        if (counts[point] == capacity) {
            Selection.smallestFirst(keys, at, at + capacity, kept);
            counts[point] = kept;
            long last = keys[at];
            for (int i = at + 1; i < at + kept; i++) {
                last = Math.max(last, keys[i]);
            }
            limits[point] = distance(last);
        }
    }

    /// The kept points, nearest first.
    int[] nearest(int point) {
        int from = point * capacity;
        int count = counts[point];
        Arrays.sort(keys, from, from + count);
        int[] nearest = new int[Math.min(kept, count)];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = (int) keys[from + i];
        }
        return nearest;
    }

    /// A number that sorts by distance, then by number of the point.
    static long key(float distance, int other) {
        int bits = Float.floatToRawIntBits(distance);
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return (long) ordered << 32 | other;
    }

    /// The distance in a key.
    static float distance(long key) {
        int ordered = (int) (key >> 32);
        return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
    }
}
