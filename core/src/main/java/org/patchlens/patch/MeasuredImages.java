package org.patchlens.patch;

import java.util.function.DoubleConsumer;
import org.patchlens.tensor.TaskPool;

/// Walks over images on several threads, cut into tasks that do not depend on their number.
final class MeasuredImages {
    private static final int FEWEST_PER_TASK = 8;
    private static final int MOST_TASKS = 512;
    /// Progress is told this many times.
    private static final int ROUNDS = 16;

    private MeasuredImages() {}

    /// Takes an image.
    interface Visitor {
        /// Called for the images of a task in order, for different tasks at the same time.
        ///
        /// @param task number of the task
        /// @param place of the image among those that are measured
        /// @param image index in the study
        void visit(int task, int place, int image);
    }

    /// How many tasks there are.
    static int tasks(int images) {
        return Math.ceilDiv(images, perTask(images));
    }

    private static int perTask(int images) {
        return Math.max(FEWEST_PER_TASK, Math.ceilDiv(images, MOST_TASKS));
    }

    /// Visits every image.
    ///
    /// @param progress told the share that is done, 0 to 1, from the calling thread
    static void forEach(int[] images, TaskPool pool, DoubleConsumer progress, Visitor visitor) {
        int perTask = perTask(images.length);
        int tasks = tasks(images.length);
        int perRound = Math.max(1, Math.ceilDiv(tasks, ROUNDS));
        for (int first = 0; first < tasks; first += perRound) {
            progress.accept((double) first / tasks);
            int from = first;
            pool.forEach(Math.min(perRound, tasks - first), number -> {
                int task = from + number;
                int end = Math.min(images.length, (task + 1) * perTask);
                for (int place = task * perTask; place < end; place++) {
                    visitor.visit(task, place, images[place]);
                }
            });
        }
        progress.accept(1);
    }
}
