package org.patchlens.neighbor;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.tensor.Seed;

/// Drawing by lot.
final class Draw {
    private Draw() {}

    /// Different numbers below `all`, in the order in which they are drawn.
    static int[] some(int all, int count, Seed seed) {
        int[] numbers = IntStream.range(0, all).toArray();
        RandomGenerator random = seed.generator();
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(all - i);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
        return Arrays.copyOf(numbers, count);
    }
}
