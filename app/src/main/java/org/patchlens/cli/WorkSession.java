package org.patchlens.cli;

import org.patchlens.analysis.Progress;

/// A piece of work that takes time: shown on stderr, and stopped by Ctrl-C.
final class WorkSession implements Progress, AutoCloseable {
    private final Interruption interruption;
    private final TerminalProgress progress;

    WorkSession(Terminal terminal, TerminalProgress.Work work) {
        interruption = Interruption.whileWorking(terminal);
        progress = new TerminalProgress(terminal, work, interruption::requested);
    }

    @Override
    public void report(String stage, long done, long total) {
        progress.report(stage, done, total);
    }

    @Override
    public void close() {
        progress.close();
        interruption.close();
    }
}
