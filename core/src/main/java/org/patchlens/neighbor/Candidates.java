package org.patchlens.neighbor;

import java.util.Arrays;

/// The nearest points seen so far of each point of one block.
///
/// What is kept does not depend on the order in which points are offered: a point is dropped only when enough
/// others come before it in the order of distance, then number. One thread at a time.
final class Candidates {
    private static final int MOST_ROOM = 96;
    private static final int LEAST_ROOM = 32;
    private static final int STEPS = 128;

    private final int kept;
    private final int room;
    private final int capacity;
    private final float[] distances;
    private final int[] numbers;
    private final int[] counts;
    private final float[] limits;
    private final int[] tally = new int[STEPS + 1];

    /// @param points of the block
    /// @param kept how many are kept of each
    Candidates(int points, int kept) {
        this.kept = kept;
        room = Math.min(MOST_ROOM, LEAST_ROOM + kept);
        capacity = kept + room;
        distances = new float[points * capacity];
        numbers = new int[points * capacity];
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
        int at = point * capacity + counts[point]++;
        distances[at] = distance;
        numbers[at] = other;
        if (counts[point] == capacity) {
            shrink(point);
        }
    }

    /// Drops the farther half, nearly: those beyond the step of a scale in which the last one lies that is to be
    /// kept. Partial sorting takes several times as long.
    private void shrink(int point) {
        int from = point * capacity;
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + capacity; i++) {
            low = Math.min(low, distances[i]);
            high = Math.max(high, distances[i]);
        }
        float scale = high > low ? STEPS / (high - low) : 0;
        Arrays.fill(tally, 0);
        for (int i = from; i < from + capacity; i++) {
            tally[(int) ((distances[i] - low) * scale)]++;
        }
        int step = 0;
        for (int sum = tally[0]; sum < kept; sum += tally[step]) {
            step++;
        }
        int left = from;
        float limit = low;
        for (int i = from; i < from + capacity; i++) {
            float distance = distances[i];
            boolean stays = (int) ((distance - low) * scale) <= step;
            distances[left] = distance;
            numbers[left] = numbers[i];
            left += stays ? 1 : 0;
            limit = Math.max(limit, stays ? distance : low);
        }
        counts[point] = left - from;
        limits[point] = limit;
        if (left > from + capacity - room / 2) {
            sort(point);
        }
    }

    /// Keeps exactly as many as are wanted.
    private void sort(int point) {
        int from = point * capacity;
        long[] keys = new long[counts[point]];
        Arrays.setAll(keys, i -> key(distances[from + i], numbers[from + i]));
        counts[point] = Math.min(kept, keys.length);
        Selection.smallestFirst(keys, 0, keys.length, counts[point]);
        float limit = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < counts[point]; i++) {
            distances[from + i] = distance(keys[i]);
            numbers[from + i] = (int) keys[i];
            limit = Math.max(limit, distances[from + i]);
        }
        limits[point] = counts[point] == kept ? limit : limits[point];
    }

    /// The kept points, in any order.
    int[] nearest(int point) {
        sort(point);
        int from = point * capacity;
        return Arrays.copyOfRange(numbers, from, from + counts[point]);
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
