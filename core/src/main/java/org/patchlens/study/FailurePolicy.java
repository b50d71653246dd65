package org.patchlens.study;

/// What becomes of inputs that failed when an extraction is run again.
public enum FailurePolicy {
    /// Shards with failures are made again: the user may have mended the files.
    RETRY,
    /// Failures are part of the study, as the user asked.
    ACCEPT
}
