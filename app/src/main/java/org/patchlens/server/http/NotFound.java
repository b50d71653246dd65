package org.patchlens.server.http;

/// What the path names is not here.
public final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param subject that was named
    /// @param problem what was found and what is expected
    public NotFound(String subject, String problem) {
        super("[" + subject + "] " + problem + ".");
    }
}
