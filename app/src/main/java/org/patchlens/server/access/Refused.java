package org.patchlens.server.access;

/// The server does not do this now, for this caller, or at this size.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status of the answer
    /// @param sentence for the user
    public Refused(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /// The status of the answer.
    public int status() {
        return status;
    }
}
