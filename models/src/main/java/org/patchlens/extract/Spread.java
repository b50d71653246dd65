package org.patchlens.extract;

import org.patchlens.PatchlensException;
import org.patchlens.extract.ExtractionOptions.Effort;

/// How the threads of an extraction share the runs of a model.
///
/// Streams, one batch per thread, never wait for each other: faster with small models, as fast as one session with
/// ViT-Base and ViT-Large, and less hurt by other programs. They share one copy of the weights, but each has
/// activations of its own. `docs/reference/performance.md` has the figures.
///
/// @param threadsPerRun that work on one run of the model
/// @param runsAtOnce how many runs there are at the same time; they share one copy of the weights
record Spread(int threadsPerRun, int runsAtOnce) {
    /// What a model takes of the machine, in bytes.
    ///
    /// @param weights of the one session that all runs share
    /// @param run inputs, results and everything between of one run
    /// @param memory of the machine
    record Load(long weights, long run, long memory) {
        /// How many runs fit beside the weights into a part of the memory.
        private long runsWithin(long bytes) {
            return Math.max(0, bytes - weights) / Math.max(1, run);
        }
    }

    /// Chooses.
    ///
    /// @param batches that are to be computed
    /// @throws PatchlensException if what was asked for does not fit into the memory of the machine
    static Spread of(Effort effort, int batches, Load load) {
        Spread streams = new Spread(1, effort.threads());
        Spread session = new Spread(effort.threads(), 1);
        Spread chosen = switch (effort.parallel()) {
            case STREAMS -> streams;
            case SESSION -> session;
            case AUTO -> isForSession(effort.threads(), batches, load) ? session : streams;
        };
        chosen.refuseBeyond(effort, load);
        return chosen;
    }

    /// Half of the memory is left to the page cache, which holds images and shards, and to other programs.
    private static boolean isForSession(int threads, int batches, Load load) {
        return batches < threads || load.runsWithin(load.memory() / 2) < threads;
    }

    private void refuseBeyond(Effort effort, Load load) {
        if (load.runsWithin(load.memory()) < runsAtOnce) {
            throw PatchlensException.usage(
                    runsAtOnce > 1
                            ? "--parallel streams with " + runsAtOnce + " threads"
                            : "batch of " + effort.batch().orElse(Extraction.DEFAULT_BATCH),
                    "the model would take " + mebibytes(load.weights()) + " MiB for its weights and "
                            + mebibytes(runsAtOnce * load.run()) + " MiB to compute, and this machine has "
                            + mebibytes(load.memory()),
                    runsAtOnce > 1
                            ? "Use fewer --threads, or --parallel session"
                            : "Use a smaller --batch, a smaller --size or a smaller model");
        }
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
