package org.patchlens.cli;

/// A command whose flags have been read.
interface Command {
    /// Does it.
    ///
    /// @throws org.patchlens.PatchlensException if it cannot be done
    ExitCode run();
}
