package org.patchlens.patch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.study.Study;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.TaskPool;

/// The patches of one layer of an open study, with what is known of all of them; safe for several threads, and
/// ended by the study's close.
///
/// Norms are computed when first asked for and kept, four bytes per patch, for the images before patch 64 million;
/// those of later images are computed again each time.
public final class LayerPatches {
    /// Above this, every k-th image is measured instead of all: the median and the mean do not need more.
    private static final long MOST_MEASURED = 1_000_000;

    private static final long MOST_KEPT = 64_000_000;

    private final Study study;
    private final Layer layer;
    private final OutlierRule rule;
    private final AtomicReferenceArray<float[]> norms;
    private final double medianNorm;

    private LayerPatches(Study study, Layer layer, OutlierRule rule, TaskPool pool, DoubleConsumer progress) {
        this.study = study;
        this.layer = layer;
        this.rule = rule;
        norms = keptPerImage();
        medianNorm = medianNorm(pool, progress);
    }

    /// Measures the norms of a layer.
    ///
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    /// @throws PatchlensException if the study has no images, the layer is not stored, or a number is not finite
    public static LayerPatches of(Study study, Layer layer, OutlierRule rule, TaskPool pool, DoubleConsumer progress) {
        study.requireLayer(layer);
        if (study.images().isEmpty()) {
            throw PatchlensException.badData("study", "holds no images", "Extract some first");
        }
        return new LayerPatches(study, layer, rule, pool, progress);
    }

    /// The same, for somebody who does not wait.
    public static LayerPatches of(Study study, Layer layer, TaskPool pool) {
        return of(study, layer, OutlierRule.DEFAULT, pool, done -> {});
    }

    /// The study.
    public Study study() {
        return study;
    }

    /// The layer.
    public Layer layer() {
        return layer;
    }

    /// When a patch is an outlier.
    public OutlierRule rule() {
        return rule;
    }

    /// P, the patches of an image.
    public int perImage() {
        return study.manifest().grid().patches();
    }

    /// D.
    public int dimensions() {
        return study.manifest().model().dimensions();
    }

    /// N.
    public int images() {
        return study.images().size();
    }

    /// The patches of an image as they are stored, `[P][D]`.
    public StoredRows rows(int image) {
        StoredRows tokens = study.stored(image, layer);
        return tokens.rows(study.manifest().layout().firstPatch(), tokens.rows());
    }

    /// The median norm of the layer's patches.
    public double medianNorm() {
        return medianNorm;
    }

    /// The norm above which a patch is an outlier.
    public double threshold() {
        return rule.threshold(medianNorm);
    }

    /// The norms of an image's patches, `float[P]`; not to be changed.
    ///
    /// @throws PatchlensException if a number is not finite
    public float[] norms(int image) {
        return kept(norms, image, () -> {
            float[] computed = rows(image).squaredDistances(new float[dimensions()]);
            for (int patch = 0; patch < computed.length; patch++) {
                computed[patch] = (float) Math.sqrt(requireFinite(computed[patch], image, patch));
            }
            return computed;
        });
    }

    private float requireFinite(float square, int image, int patch) {
        if (!Float.isFinite(square)) {
            throw PatchlensException.badData(
                    study.images().get(image).id(),
                    "patch " + patch + " at layer " + layer + " has a number that is not finite",
                    "If the study is stored as f16, extract it again with --dtype f32");
        }
        return square;
    }

    /// Whether a patch is an outlier.
    public boolean isOutlier(int image, int patch) {
        return norms(image)[patch] > threshold();
    }

    /// Room for an array per image of those that are kept.
    AtomicReferenceArray<float[]> keptPerImage() {
        return new AtomicReferenceArray<>((int) Math.min(images(), MOST_KEPT / perImage()));
    }

    /// Computes an array.
    interface Computation {
        float[] compute();
    }

    /// What is kept of an image, computed if it is the first time; two threads may both compute the same.
    static float[] kept(AtomicReferenceArray<float[]> arrays, int image, Computation computation) {
        if (image >= arrays.length()) {
            return computation.compute();
        }
        float[] known = arrays.get(image);
        if (known == null) {
            known = computation.compute();
            arrays.set(image, known);
        }
        return known;
    }

    /// The images that statistics are made of: all, or every k-th, at most as many as given patches.
    int[] measured() {
        int step = Math.toIntExact(Math.ceilDiv((long) images() * perImage(), MOST_MEASURED));
        return IntStream.iterate(0, image -> image < images(), image -> image + step)
                .toArray();
    }

    private double medianNorm(TaskPool pool, DoubleConsumer progress) {
        int[] measured = measured();
        float[] all = new float[Math.multiplyExact(measured.length, perImage())];
        MeasuredImages.forEach(measured, pool, progress, (task, place, image) -> {
            float[] some = norms(image);
            System.arraycopy(some, 0, all, place * some.length, some.length);
        });
        Arrays.sort(all);
        return all.length % 2 == 1 ? all[all.length / 2] : ((double) all[all.length / 2 - 1] + all[all.length / 2]) / 2;
    }
}
