package org.patchlens.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;

/// Shows stage, done and total, rate and remaining time on stderr, and stops the work when the user asks for it.
///
/// A terminal gets one line per stage, redrawn at most ten times a second; a file or a log gets a plain line at
/// most every five seconds and one at the end of each stage. Not safe for several threads.
final class TerminalProgress implements Progress, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;

    private final PrintStream err;
    private final boolean animated;
    private final LongSupplier nanoClock;
    private final BooleanSupplier stopRequested;
    private final Work work;

    private String stage = "";
    private long stageStart;
    private long doneAtStart;
    private long lastShown;
    private boolean finished = true;
    private int drawn;

    /// What is being counted and what to say when it is stopped.
    ///
    /// @param command that is running
    /// @param unit of the counted things, in the plural
    /// @param afterStop what the user can do after an interruption; one sentence
    record Work(String command, String unit, String afterStop) {}

    /// @param stopRequested whether the user has asked to stop
    TerminalProgress(Terminal terminal, Work work, BooleanSupplier stopRequested) {
        this.err = terminal.err();
        this.animated = terminal.animated();
        this.nanoClock = terminal.nanoClock();
        this.work = work;
        this.stopRequested = stopRequested;
    }

    @Override
    public void report(String reportedStage, long done, long total) {
        long now = nanoClock.getAsLong();
        if (!reportedStage.equals(stage)) {
            begin(reportedStage, done, now);
        }
        boolean complete = done >= total;
        if (!finished && (complete || now - lastShown >= (animated ? REDRAW_NANOS : LINE_NANOS))) {
            show(line(done, total, now), complete);
            lastShown = now;
            finished = complete;
        }
        if (stopRequested.getAsBoolean()) {
            close();
            throw PatchlensException.interrupted(
                    work.command(), "stopped in " + stage + " at " + done + " of " + total, work.afterStop());
        }
    }

    /// Ends a line that is still being redrawn.
    @Override
    public void close() {
        if (animated && drawn > 0) {
            err.println();
            drawn = 0;
        }
    }

    private void begin(String newStage, long done, long now) {
        close();
        stage = newStage;
        stageStart = now;
        doneAtStart = done;
        lastShown = animated ? now - REDRAW_NANOS : now;
        finished = false;
    }

    private void show(String text, boolean complete) {
        if (!animated) {
            err.println(text);
            return;
        }
        err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
        err.flush();
        drawn = text.length();
        if (complete) {
            close();
        }
    }

    private String line(long done, long total, long now) {
        double seconds = (now - stageStart) / 1e9;
        long made = done - doneAtStart;
        StringBuilder text = new StringBuilder(stage);
        text.append("  ").append(done).append('/').append(total);
        text.append(work.unit().isEmpty() ? "" : " ").append(work.unit());
        if (seconds <= 0 || made <= 0) {
            return text.toString();
        }
        double rate = made / seconds;
        text.append(String.format(Locale.ROOT, rate < 10 ? "  %.2f/s" : "  %.1f/s", rate));
        return text.append(done < total ? "  ETA " + duration((total - done) / rate) : "  in " + duration(seconds))
                .toString();
    }

    /// Seconds as `m:ss` or `h:mm:ss`, rounded up: `0:00` would claim that there is nothing left.
    private static String duration(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
