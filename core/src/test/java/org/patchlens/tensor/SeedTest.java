package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedTest {
    /// Oracle: the published test vector of SplitMix64 for the seed 1234567.
    @Test
    void theGeneratorIsSplitMix64() {
        RandomGenerator random = new Seed(1234567).generator();
        assertThat(List.of(random.nextLong(), random.nextLong(), random.nextLong()))
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }

    /// Pinned: a change here changes every result that has a seed.
    @Test
    void theSeedOfATaskIsTheSameForever() {
        assertThat(new Seed(0).task(0).value()).isEqualTo(-355070901859708854L);
    }

    @Test
    void theSeedOfATaskDoesNotDependOnOtherTasks() {
        Seed seed = new Seed(42);
        long alone = seed.task(7).generator().nextLong();
        for (int other = 0; other < 20; other++) {
            seed.task(other).generator().nextLong();
        }
        assertThat(seed.task(7).generator().nextLong()).isEqualTo(alone);
    }

    @Test
    void tasksOfTasksAndTheGeneratorItselfAreAllApart() {
        Seed seed = new Seed(3);
        RandomGenerator random = seed.generator();
        LongStream drawn = LongStream.generate(random::nextLong).limit(10_000);
        LongStream tasks = LongStream.range(0, 10_000).map(i -> seed.task(i).value());
        LongStream nested = LongStream.range(0, 10_000)
                .map(i -> seed.task(i % 100).task(i / 100).value());
        assertThat(LongStream.concat(drawn, LongStream.concat(tasks, nested))
                        .distinct()
                        .count())
                .isEqualTo(30_000);
    }

    @Test
    void neighbouringSeedsGiveUnrelatedTasks() {
        int differing = 0;
        for (long seed = 0; seed < 1000; seed++) {
            differing += Long.bitCount(
                    new Seed(seed).task(0).value() ^ new Seed(seed + 1).task(0).value());
        }
        // 64,000 bits, each different with a chance of one half: 6 standard deviations are 759.
        assertThat(differing).isBetween(32_000 - 759, 32_000 + 759);
    }
}
