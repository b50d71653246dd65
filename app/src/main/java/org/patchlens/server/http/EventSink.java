package org.patchlens.server.http;

/// Takes server-sent events.
public interface EventSink {
    /// Sends one.
    ///
    /// @param event its name
    /// @param data that is written as JSON
    void send(String event, Object data);

    /// Tells the other side that somebody is still there.
    void keepAlive();

    /// Whether the other side is gone.
    boolean isClosed();
}
