package org.patchlens.extract;

/// How the threads of an extraction share the work. The result is the same.
public enum Parallel {
    /// What is faster and fits into memory, see [Spread].
    AUTO,
    /// Every thread computes batches of its own.
    STREAMS,
    /// All threads compute one batch together: less memory, faster with few images or large weights.
    SESSION
}
