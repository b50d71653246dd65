package org.patchlens.server.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.patchlens.analysis.Analysis;
import org.patchlens.server.access.Refused;
import org.patchlens.server.study.OpenStudy;
import tools.jackson.databind.JsonNode;

/// Runs jobs one after the other: an analysis uses all processors. Safe for several threads.
public final class JobQueue implements AutoCloseable {
    private static final int MOST_WAITING = 32;
    private static final int MOST_REMEMBERED = 200;
    private static final long STOP_SECONDS = 5;

    private final List<Job> jobs = new ArrayList<>();
    private final Consumer<Throwable> mistakes;
    private final ExecutorService worker;
    private int started;

    /// @param mistakes hears what nobody expected
    public JobQueue(Consumer<Throwable> mistakes) {
        this.mistakes = mistakes;
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("patchlens-job").factory());
    }

    /// What is to be run.
    ///
    /// @param study to read
    /// @param analysis to run
    /// @param options of it, an object; those that are not named have their defaults
    /// @param name of the result; without it, one is found
    public record Wish(OpenStudy study, Analysis<?, ?> analysis, JsonNode options, Optional<String> name) {}

    /// Puts a job at the end of the queue.
    ///
    /// @throws org.patchlens.PatchlensException if the options or the name cannot be meant like that
    /// @throws Refused if too many wait
    public synchronized Job start(Wish wish) {
        long waiting = jobs.stream()
                .filter(job -> job.view().state() == JobState.PENDING)
                .count();
        if (waiting >= MOST_WAITING) {
            throw new Refused(429, "[jobs] " + MOST_WAITING + " jobs wait already; cancel one, or wait.");
        }
        JobTask<?, ?> task = JobTask.of(wish.study(), wish.analysis(), wish.options(), wish.name());
        Job job = new Job("job-" + ++started, task, System::nanoTime);
        wish.study().promise(task.name());
        jobs.addFirst(job);
        forgetOldest();
        worker.execute(() -> {
            try {
                job.run(mistakes);
            } finally {
                wish.study().release(task.name());
            }
        });
        return job;
    }

    private void forgetOldest() {
        for (int i = jobs.size() - 1; i >= 0 && jobs.size() > MOST_REMEMBERED; i--) {
            if (jobs.get(i).view().state().isOver()) {
                jobs.remove(i);
            }
        }
    }

    /// All that are remembered, newest first.
    public synchronized List<Job> all() {
        return List.copyOf(jobs);
    }

    /// The job of an id.
    public synchronized Optional<Job> find(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /// Cancels a job; takes one that is over off the list.
    public synchronized void cancel(Job job) {
        if (job.view().state().isOver()) {
            jobs.remove(job);
        } else {
            job.cancel();
        }
    }

    /// Cancels all jobs and waits until the one that runs has stopped, five seconds at most.
    @Override
    public void close() {
        all().forEach(Job::cancel);
        worker.shutdown();
        try {
            if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
