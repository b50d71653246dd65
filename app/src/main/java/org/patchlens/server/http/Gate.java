package org.patchlens.server.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.patchlens.server.access.Refused;

/// Lets few requests compute at a time, in the order in which they came: what waits takes no memory but its
/// request.
public final class Gate {
    private final Semaphore places;
    private final int mostWaiting;
    private final long patienceSeconds;

    /// @param places how many compute at a time
    /// @param mostWaiting how many may wait
    /// @param patienceSeconds how long they wait
    public Gate(int places, int mostWaiting, long patienceSeconds) {
        this.places = new Semaphore(places, true);
        this.mostWaiting = mostWaiting;
        this.patienceSeconds = patienceSeconds;
    }

    /// How many wait for their turn.
    public int waiting() {
        return places.getQueueLength();
    }

    /// Computes when it is its turn.
    ///
    /// @throws Refused if too many wait, or the turn does not come
    public <T> T pass(Supplier<T> work) {
        if (waiting() >= mostWaiting) {
            throw new Refused(503, "[server] " + mostWaiting + " requests wait already; ask again in a moment.");
        }
        try {
            if (!places.tryAcquire(patienceSeconds, TimeUnit.SECONDS)) {
                throw new Refused(503, "[server] Other requests took too long; ask again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(503, "[server] The server stops.");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
