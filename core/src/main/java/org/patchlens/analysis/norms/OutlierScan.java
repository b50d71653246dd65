package org.patchlens.analysis.norms;

import java.util.Optional;
import org.patchlens.embedding.ClsAttention;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.study.AttentionStorage;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.OrderedTasks;

/// Finds the patches of one layer that are above the threshold.
final class OutlierScan {
    private final ScanPlan plan;
    private final TokenNorms norms;
    private final double threshold;
    /// Outliers per patch of the grid and per image.
    private final int[] perPatch;

    private final int[] perImage;

    private OutlierScan(ScanPlan plan, TokenNorms norms, double threshold) {
        this.plan = plan;
        this.norms = norms;
        this.threshold = threshold;
        this.perPatch = new int[plan.study().manifest().grid().patches()];
        this.perImage = new int[norms.images()];
    }

    static OutlierScan of(ScanPlan plan, TokenNorms norms, double threshold) {
        OutlierScan scan = new OutlierScan(plan, norms, threshold);
        for (int image = 0; image < scan.perImage.length; image++) {
            for (int patch = 0; patch < scan.perPatch.length; patch++) {
                if (scan.isOutlier(image, patch)) {
                    scan.perPatch[patch]++;
                    scan.perImage[image]++;
                }
            }
        }
        return scan;
    }

    private boolean isOutlier(int image, int patch) {
        return norms.get(image, plan.layout().firstPatch() + patch) > threshold;
    }

    /// The place among the measured images of the first with the most outliers.
    int imageWithMost() {
        int most = 0;
        for (int image = 1; image < perImage.length; image++) {
            most = perImage[image] > perImage[most] ? image : most;
        }
        return most;
    }

    /// Whether an image has outliers.
    ///
    /// @param image its place among the measured images
    boolean isAffected(int image) {
        return perImage[image] > 0;
    }

    /// What the result says of them.
    OutlierPatches patches(Layer layer) {
        PatchGrid grid = plan.study().manifest().grid();
        FloatMatrix positions = FloatMatrix.zeros(grid.rows(), grid.columns());
        long outliers = 0;
        for (int patch = 0; patch < perPatch.length; patch++) {
            positions.set(grid.row(patch), grid.column(patch), (float) ((double) perPatch[patch] / perImage.length));
            outliers += perPatch[patch];
        }
        long affected = 0;
        for (int count : perImage) {
            affected += count > 0 ? 1 : 0;
        }
        double patches = (double) perImage.length * perPatch.length;
        return new OutlierPatches(
                threshold,
                (float) (outliers / patches),
                (float) ((double) affected / perImage.length),
                positions,
                clsAttention(layer));
    }

    private Optional<Float> clsAttention(Layer layer) {
        if (plan.study().manifest().attention() == AttentionStorage.NONE || layer.index() == 0) {
            return Optional.empty();
        }
        int block = layer.isLast() ? plan.study().manifest().model().layers() : layer.index();
        double[] sum = new double[1];
        OrderedTasks.run(
                plan.threads(),
                TokenNorms.tasks(perImage.length),
                task -> attentionOfTask(task, block),
                (task, mass) -> sum[0] += mass);
        return Optional.of((float) (sum[0] / perImage.length));
    }

    private double attentionOfTask(int task, int block) {
        int end = Math.min(perImage.length, (task + 1) * TokenNorms.IMAGES_PER_TASK);
        double mass = 0;
        for (int image = task * TokenNorms.IMAGES_PER_TASK; image < end; image++) {
            if (perImage[image] > 0) {
                ClsAttention attention =
                        plan.study().attention(plan.images().get(image).index()).orElseThrow();
                mass += attentionOfImage(attention, image, block);
            }
        }
        return mass;
    }

    /// The attention on outliers, mean over heads.
    private double attentionOfImage(ClsAttention attention, int image, int block) {
        double mass = 0;
        for (int head = 0; head < attention.heads(); head++) {
            FloatMatrix row = attention.row(block, head);
            for (int patch = 0; patch < perPatch.length; patch++) {
                if (isOutlier(image, patch)) {
                    mass += row.get(0, plan.layout().firstPatch() + patch);
                }
            }
        }
        return mass / attention.heads();
    }
}
