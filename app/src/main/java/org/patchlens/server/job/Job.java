package org.patchlens.server.job;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.point.PointSet;
import org.patchlens.tensor.FloatMatrix;

/// One job; safe for several threads.
public final class Job {
    private static final long LAYOUT_NANOS = 500_000_000L;

    private final String id;
    private final JobTask<?, ?> task;
    private final LongSupplier nanoClock;

    private JobState state = JobState.PENDING;
    private boolean stopRequested;
    private String stage = "";
    private long done;
    private long total;
    private long stageStart;
    private long doneAtStart;
    private long changes;
    private Optional<String> error = Optional.empty();
    private Optional<Layout> layout = Optional.empty();
    private long layoutShown;

    Job(String id, JobTask<?, ?> task, LongSupplier nanoClock) {
        this.id = id;
        this.task = task;
        this.nanoClock = nanoClock;
    }

    /// A map that still converges.
    ///
    /// @param points of the map
    /// @param positions `float[N][2 or 3]`
    /// @param number how often it has been shown
    public record Layout(PointSet points, FloatMatrix positions, long number) {}

    /// How requests name it.
    public String id() {
        return id;
    }

    JobTask<?, ?> task() {
        return task;
    }

    /// What is told of it now.
    public synchronized JobView view() {
        boolean isDone = state == JobState.DONE;
        return new JobView(
                id,
                task.study().id(),
                task.analysis().name(),
                task.name().name(),
                task.optionsAsJson(),
                state,
                stage,
                done,
                total,
                eta(),
                error,
                isDone ? Optional.of(task.name().toString()) : Optional.empty());
    }

    private Optional<Long> eta() {
        long steps = done - doneAtStart;
        if (state != JobState.RUNNING || steps <= 0) {
            return Optional.empty();
        }
        double seconds = (nanoClock.getAsLong() - stageStart) / 1e9;
        return Optional.of(Math.round(seconds / steps * (total - done)));
    }

    /// The map as it is now, if there is one.
    public synchronized Optional<Layout> layout() {
        return layout;
    }

    /// How often something changed; grows.
    public synchronized long changes() {
        return changes;
    }

    /// Waits until something changed.
    ///
    /// @param known the number of changes that the caller knows
    /// @return the number of changes now, which may be the same when the time is over
    public synchronized long awaitChange(long known, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (changes == known && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return changes;
    }

    /// Asks it to stop.
    public synchronized void cancel() {
        stopRequested = true;
        if (state == JobState.PENDING) {
            end(JobState.CANCELLED);
        }
    }

    /// Computes; returns when nothing more happens. An error of the analysis is an error of the job alone.
    void run(java.util.function.Consumer<Throwable> mistakes) {
        synchronized (this) {
            if (state.isOver()) {
                return;
            }
            state = JobState.RUNNING;
            changed();
        }
        try {
            task.run(new Listener());
            finish(JobState.DONE, Optional.empty());
        } catch (PatchlensException e) {
            boolean stopped = e.category() == PatchlensException.Category.INTERRUPTED;
            finish(stopped ? JobState.CANCELLED : JobState.FAILED, Optional.ofNullable(e.getMessage()));
        } catch (OutOfMemoryError e) {
            finish(
                    JobState.FAILED,
                    Optional.of("[" + task.analysis().name()
                            + "] needs more memory than the server has. Choose fewer points, or give Java more"
                            + " memory."));
        } catch (RuntimeException | Error e) {
            mistakes.accept(e);
            finish(JobState.FAILED, Optional.of("This is a mistake in Patchlens; what the server printed tells more."));
        }
    }

    private synchronized void finish(JobState last, Optional<String> sentence) {
        error = last == JobState.FAILED ? sentence : Optional.empty();
        end(last);
    }

    private void end(JobState last) {
        state = last;
        layout = Optional.empty();
        changed();
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    private final class Listener implements Progress {
        @Override
        public void report(String newStage, long newDone, long newTotal) {
            synchronized (Job.this) {
                if (!newStage.equals(stage)) {
                    stage = newStage;
                    stageStart = nanoClock.getAsLong();
                    doneAtStart = newDone;
                }
                done = newDone;
                total = newTotal;
                changed();
                if (stopRequested) {
                    throw PatchlensException.interrupted(
                            task.analysis().name(), "stopped in " + stage + " at " + done + " of " + total, "");
                }
            }
        }

        @Override
        public void layout(PointSet points, Supplier<FloatMatrix> positions) {
            long now = nanoClock.getAsLong();
            if (layout.isEmpty() || now - layoutShown >= LAYOUT_NANOS) {
                FloatMatrix copy = positions.get();
                synchronized (Job.this) {
                    layoutShown = now;
                    layout = Optional.of(
                            new Layout(points, copy, layout.map(Layout::number).orElse(0L) + 1));
                    changed();
                }
            }
        }
    }
}
