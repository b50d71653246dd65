package org.patchlens.extract;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets threads pass one after another in the order of their tickets, whichever arrives first.
///
/// Tickets are handed out in order and each thread holds one at a time, so the thread with the lowest ticket never
/// waits: there is no deadlock.
final class Turnstile {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long next;
    private boolean closed;

    /// Runs the work when all lower tickets have passed.
    ///
    /// @param ticket from 0, without gaps
    /// @return whether the work ran; false if the turnstile was closed before its turn
    boolean pass(long ticket, Runnable work) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (next != ticket && !closed) {
                moved.await();
            }
            if (closed) {
                return false;
            }
            work.run();
            next++;
            moved.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Turns everybody away from now on.
    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
