package org.patchlens.study;

/// Which attention a study keeps.
public enum AttentionStorage {
    /// None.
    NONE,
    /// The CLS row of every block and head, and the CLS row of the rollout.
    CLS
}
