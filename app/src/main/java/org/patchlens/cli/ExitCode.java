package org.patchlens.cli;

import org.patchlens.PatchlensException;

/// What the program tells the shell.
enum ExitCode {
    /// Everything that was asked for is done.
    OK(0),
    /// A mistake in Patchlens itself.
    BUG(1),
    /// The command cannot be meant like that.
    USAGE(2),
    /// A file, folder or study is not what it should be.
    BAD_DATA(3),
    /// A quality gate did not hold.
    GATE_FAILED(4),
    /// Some of the work is done and kept; the same command goes on.
    PARTLY_DONE(5),
    /// Stopped by Ctrl-C or by the system; 128 + SIGINT.
    INTERRUPTED(130);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /// The process's exit status.
    int status() {
        return status;
    }

    /// The exit code of an error.
    static ExitCode of(PatchlensException.Category category) {
        return switch (category) {
            case USAGE -> USAGE;
            case BAD_DATA -> BAD_DATA;
            case GATE_FAILED -> GATE_FAILED;
            case PARTIAL -> PARTLY_DONE;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
