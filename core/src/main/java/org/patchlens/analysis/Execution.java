package org.patchlens.analysis;

/// How an analysis is computed: the options that every one of them has that draws by lot and works in parallel.
///
/// @param seed of everything random
/// @param threads 0 for one per processor
public record Execution(
        @Doc("Seed of everything that is drawn by lot") long seed,

        @Doc(
                value = "Threads to work with; 0 for one per processor",
                min = 0,
                max = MOST_THREADS,
                changesResult = false)
        int threads) {
    /// More than any machine has.
    public static final int MOST_THREADS = 1024;

    public Execution {
        OptionRange.check("threads", threads, 0, MOST_THREADS);
    }

    /// Seed 1, and a thread per processor.
    public static Execution defaults() {
        return new Execution(1, 0);
    }

    /// The threads to work with.
    public int workers() {
        return workers(threads);
    }

    /// The threads to work with where so many are asked for.
    ///
    /// @param threads 0 for one per processor
    public static int workers(int threads) {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
