package org.patchlens.server.job;

/// How far a job is.
public enum JobState {
    /// Waits for its turn.
    PENDING,
    /// Computes.
    RUNNING,
    /// Its result is in the study.
    DONE,
    /// It could not be done.
    FAILED,
    /// Somebody did not want it any more.
    CANCELLED;

    /// Whether nothing more happens.
    public boolean isOver() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case DONE, FAILED, CANCELLED -> true;
        };
    }
}
