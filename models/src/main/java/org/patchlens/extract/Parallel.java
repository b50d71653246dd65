package org.patchlens.extract;

/// How the threads of an extraction share the work. The result is the same.
public enum Parallel {
    /// Streams where there are enough batches and memory for them, else one session.
    AUTO,
    /// Every thread computes batches of its own.
    STREAMS,
    /// All threads compute one batch together: less memory, and the only way to be fast with a single image.
    SESSION
}
