package org.patchlens.patch;

import java.util.concurrent.atomic.AtomicInteger;

/// What a patch must not stay below to be among the best of all tasks, as far as is known; for several threads.
///
/// It saves each task from collecting what others have surpassed, and changes nothing of what is found: whatever
/// stays below has as many better ones as are wanted.
final class SharedLimit {
    private final AtomicInteger limit = new AtomicInteger(order(Float.NEGATIVE_INFINITY));

    /// A number that only what is worse than the limit fails to exceed.
    float below() {
        return Math.nextDown(value(limit.get()));
    }

    /// Tells the worst of as many patches as are wanted, or negative infinity.
    void raise(float worst) {
        limit.accumulateAndGet(order(worst), Math::max);
    }

    /// Whole numbers in the order of the floats.
    private static int order(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    private static float value(int order) {
        return Float.intBitsToFloat(order ^ (order >> 31 & Integer.MAX_VALUE));
    }
}
