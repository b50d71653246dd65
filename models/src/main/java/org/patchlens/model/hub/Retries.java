package org.patchlens.model.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.patchlens.PatchlensException;

/// Tries again what a network or a busy server spoiled, each time after a longer pause.
///
/// @param most how many times in a row without any progress
/// @param first the pause after the first try; it doubles
/// @param sleeper what waits; tests hand in their own
record Retries(int most, Duration first, Sleeper sleeper) {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /// Five times, after 1, 2, 4 and 8 seconds.
    static final Retries PATIENT = new Retries(5, Duration.ofSeconds(1), Thread::sleep);

    /// Waits.
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /// Something that may fail on its way.
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /// A server that asks to come back later.
    static final class Later extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final long seconds;

        /// @param seconds that the server asks to wait, if it says
        Later(int status, OptionalLong seconds) {
            super("status " + status);
            this.status = status;
            this.seconds = seconds.orElse(-1);
        }
    }

    /// Bytes that arrived before an attempt failed: the count of failures begins anew.
    static final class Advanced extends IOException {
        private static final long serialVersionUID = 1L;

        Advanced(IOException cause) {
            super(cause);
        }
    }

    /// Runs until it succeeds or there is no hope.
    <T> T run(HubSettings settings, ModelName name, Attempt<T> attempt) {
        int failures = 0;
        while (true) {
            try {
                return attempt.run();
            } catch (IOException e) {
                failures = e instanceof Advanced ? 1 : failures + 1;
                if (failures >= most) {
                    throw hopeless(settings, name, e);
                }
                pause(name, failures, e);
            }
        }
    }

    private static PatchlensException hopeless(HubSettings settings, ModelName name, IOException e) {
        return e instanceof Later later
                ? HubProblem.refused(settings, name, "what was asked for", later.status, "")
                : HubProblem.network(settings, name, e);
    }

    private void pause(ModelName name, int failures, IOException e) {
        Duration own = first.multipliedBy(1L << (failures - 1));
        Duration asked = e instanceof Later later && later.seconds >= 0 ? Duration.ofSeconds(later.seconds) : own;
        try {
            sleeper.sleep(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw PatchlensException.interrupted(
                            name.toString(), "stopped", "Run the same command again; what has arrived is kept")
                    .causedBy(interruption);
        }
    }
}
