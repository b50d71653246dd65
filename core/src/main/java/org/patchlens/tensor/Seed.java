package org.patchlens.tensor;

import java.util.random.RandomGenerator;

/// Where random numbers come from: a number from which every task derives its own, without a state that tasks
/// would share.
///
/// The seed of a task depends on the chain of indices alone, never on which task ran first or on which thread.
///
/// @param value any number
public record Seed(long value) {
    /// 2^64 divided by the golden ratio, made odd: the step of SplitMix64.
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /// Sets the seeds of tasks apart from the numbers that the generator of the same seed gives.
    private static final long TASKS = 0x7461736b73656564L;

    /// The seed of one task out of many; other indices give seeds without a relation to it.
    public Seed task(long index) {
        return new Seed(mix(mix(value ^ TASKS) + (index + 1) * GOLDEN_GAMMA));
    }

    /// The number that the generator of this seed gives after `index` others, without asking for those.
    public long number(long index) {
        return mix(value + (index + 1) * GOLDEN_GAMMA);
    }

    /// A new generator that starts from this seed: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
    /// pseudorandom number generators"), period 2^64.
    ///
    /// Not safe for several threads; each task makes its own.
    public RandomGenerator generator() {
        return new SplitMix64(value);
    }

    /// The finalizer of SplitMix64: a bijection in which each bit of the input changes each bit of the output with
    /// a chance of about one half.
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private static final class SplitMix64 implements RandomGenerator {
        private long state;

        SplitMix64(long state) {
            this.state = state;
        }

        @Override
        public long nextLong() {
            state += GOLDEN_GAMMA;
            return mix(state);
        }
    }
}
