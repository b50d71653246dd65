package org.patchlens.analysis.norms;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.study.StudyImage;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.OrderedTasks;

/// The norm of every token of every measured image at one layer.
final class TokenNorms {
    /// Images per task: fixed, so that nothing depends on the number of threads.
    static final int IMAGES_PER_TASK = 16;

    private final int tokens;
    private final float[] norms;

    private TokenNorms(int tokens, float[] norms) {
        this.tokens = tokens;
        this.norms = norms;
    }

    /// Reads the layer.
    ///
    /// @param imagesDone is told how many images are read
    static TokenNorms read(ScanPlan plan, Layer layer, LongConsumer imagesDone) {
        int images = plan.images().size();
        float[] norms = new float[Math.multiplyExact(images, plan.tokens())];
        OrderedTasks.run(
                plan.threads(),
                tasks(images),
                task -> {
                    int end = Math.min(images, (task + 1) * IMAGES_PER_TASK);
                    for (int i = task * IMAGES_PER_TASK; i < end; i++) {
                        StudyImage image = plan.images().get(i);
                        float[] row = Kernels.rowNorms(
                                plan.study().embeddings(image.index(), layer).tokens());
                        requireFinite(row, image, layer);
                        System.arraycopy(row, 0, norms, i * row.length, row.length);
                    }
                    return end;
                },
                (task, end) -> imagesDone.accept(end));
        return new TokenNorms(plan.tokens(), norms);
    }

    /// How many tasks the images are cut into.
    static int tasks(int images) {
        return (images + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
    }

    private static void requireFinite(float[] row, StudyImage image, Layer layer) {
        for (int token = 0; token < row.length; token++) {
            if (!Float.isFinite(row[token])) {
                throw PatchlensException.badData(
                        image.id(),
                        "token " + token + " at layer " + layer + " has a number that is not finite",
                        "If the study is stored as f16, extract it again with --dtype f32");
            }
        }
    }

    int images() {
        return norms.length / tokens;
    }

    /// The norm of one token.
    ///
    /// @param image 0 to the number of measured images - 1
    /// @param token 0 to T - 1
    float get(int image, int token) {
        return norms[image * tokens + token];
    }

    /// The norms of some tokens of all images, sorted.
    SortedNorms sorted(IntPredicate chosen) {
        int perImage = 0;
        for (int token = 0; token < tokens; token++) {
            perImage += chosen.test(token) ? 1 : 0;
        }
        float[] some = new float[perImage * images()];
        int next = 0;
        for (int i = 0; i < norms.length; i++) {
            if (chosen.test(i % tokens)) {
                some[next++] = norms[i];
            }
        }
        return SortedNorms.takingOver(some);
    }

    /// The norms of the patches of some images, sorted.
    ///
    /// @param some their places among the measured images
    /// @param firstPatch the index of the first patch in the sequence
    SortedNorms sorted(List<Integer> some, int firstPatch) {
        int patches = tokens - firstPatch;
        float[] chosen = new float[Math.multiplyExact(some.size(), patches)];
        for (int i = 0; i < some.size(); i++) {
            System.arraycopy(norms, some.get(i) * tokens + firstPatch, chosen, i * patches, patches);
        }
        return SortedNorms.takingOver(chosen);
    }
}
