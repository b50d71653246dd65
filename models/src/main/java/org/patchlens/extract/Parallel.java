package org.patchlens.extract;

/// How the threads of an extraction share the work. The result is the same.
public enum Parallel {
    /// Streams, or one session where there are fewer batches than threads, so that no thread is idle.
    AUTO,
    /// Every thread computes batches of its own.
    STREAMS,
    /// All threads compute one batch together: less memory, and the only way to be fast with a single image.
    SESSION
}
