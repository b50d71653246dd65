package org.patchlens.study;

import java.util.List;

/// What a check of every byte of a study found.
///
/// @param files how many files were read
/// @param bytes how many bytes were read
/// @param problems one sentence for each file that is missing, foreign or not what its checksum says
public record VerifyReport(int files, long bytes, List<String> problems) {
    public VerifyReport {
        problems = List.copyOf(problems);
    }

    /// Whether every byte is what was written.
    public boolean isWhole() {
        return problems.isEmpty();
    }
}
