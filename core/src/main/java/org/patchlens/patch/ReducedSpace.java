package org.patchlens.patch;

import java.lang.foreign.MemorySegment;
import java.util.function.DoubleConsumer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.StreamingCovariance;
import org.patchlens.tensor.SymmetricEigen;
import org.patchlens.tensor.TaskPool;

/// Where patches are compared: x becomes W (x - m), with the mean m of the layer's patches that are no outliers,
/// and a symmetric W.
///
/// To whiten, W is the inverse square root of the covariance of the same patches, C, divided by its mean variance
/// v = trace(C) / D and mixed with the identity: (0.99 C / v + 0.01 I)^(-1/2). The share of the identity is the
/// ridge that keeps directions without variance from deciding; v changes no cosine.
final class ReducedSpace {
    /// The share of the identity.
    static final double RIDGE = 0.01;

    private final Reduction reduction;
    private final float[] mean;
    private final double[][] whitening;
    private final FloatMatrix whiteningInFloats;
    private final double meanCosine;

    private ReducedSpace(Reduction reduction, LayerPatches patches, TaskPool pool, DoubleConsumer progress) {
        this.reduction = reduction;
        int dimensions = patches.dimensions();
        mean = new float[dimensions];
        boolean whitens = reduction == Reduction.WHITEN;
        int passes = reduction == Reduction.NONE ? 1 : 2;
        if (reduction != Reduction.NONE) {
            DirectionSums sums = sums(patches, Reduction.NONE, pool, done -> progress.accept(done / passes));
            double[] exact = sums.mean();
            for (int i = 0; i < dimensions; i++) {
                mean[i] = (float) exact[i];
            }
        }
        whitening = whitens ? whitening(covariance(patches, pool)) : new double[0][];
        whiteningInFloats = FloatMatrix.zeros(whitening.length, whitening.length);
        for (int i = 0; i < whitening.length; i++) {
            for (int j = 0; j < whitening.length; j++) {
                whiteningInFloats.set(i, j, (float) whitening[i][j]);
            }
        }
        meanCosine = sums(patches, reduction, pool, done -> progress.accept((passes - 1 + done) / passes))
                .meanCosine();
    }

    static ReducedSpace of(Reduction reduction, LayerPatches patches, TaskPool pool, DoubleConsumer progress) {
        return new ReducedSpace(reduction, patches, pool, progress);
    }

    Reduction reduction() {
        return reduction;
    }

    /// The mean cosine of two different patches of the study, after the reduction, outliers left out.
    double meanCosine() {
        return meanCosine;
    }

    /// m, zeros where nothing is taken out; not to be changed.
    float[] mean() {
        return mean;
    }

    /// W (x - m) of rows, one after the other.
    float[] reduce(StoredRows rows) {
        return reduce(rows, reduction);
    }

    private float[] reduce(StoredRows rows, Reduction how) {
        float[] numbers = rows.toArray();
        if (how == Reduction.NONE) {
            return numbers;
        }
        int dimensions = rows.columns();
        for (int at = 0; at < numbers.length; at += dimensions) {
            for (int i = 0; i < dimensions; i++) {
                numbers[at + i] -= mean[i];
            }
        }
        if (how == Reduction.CENTER) {
            return numbers;
        }
        float[] white = new float[numbers.length];
        MatrixProduct.multiply(
                Panel.of(numbers, rows.rows(), dimensions),
                Panel.of(whiteningInFloats),
                Panel.of(white, rows.rows(), dimensions));
        return white;
    }

    /// W (x - m) of a vector that is not stored.
    double[] reduce(double[] vector) {
        double[] centered = vector.clone();
        for (int i = 0; i < vector.length; i++) {
            centered[i] -= mean[i];
        }
        return whiten(centered);
    }

    /// W x.
    double[] whiten(double[] vector) {
        if (reduction != Reduction.WHITEN) {
            return vector;
        }
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += whitening[i][j] * vector[j];
            }
        }
        return product;
    }

    private DirectionSums sums(LayerPatches patches, Reduction how, TaskPool pool, DoubleConsumer progress) {
        int[] measured = patches.measured();
        DirectionSums sums = new DirectionSums(MeasuredImages.tasks(measured.length), patches.dimensions());
        MeasuredImages.forEach(measured, pool, progress, (task, place, image) -> {
            float[] rows = reduce(patches.rows(image), how);
            FloatMatrix matrix =
                    FloatMatrix.over(MemorySegment.ofArray(rows), patches.perImage(), patches.dimensions());
            float[] own = patches.norms(image);
            for (int patch = 0; patch < own.length; patch++) {
                if (own[patch] <= patches.threshold()) {
                    sums.add(task, rows, patch * patches.dimensions(), Kernels.norm(matrix, patch));
                }
            }
        });
        return sums;
    }

    private static double[][] covariance(LayerPatches patches, TaskPool pool) {
        StreamingCovariance covariance = new StreamingCovariance(patches.dimensions(), pool);
        for (int image : patches.measured()) {
            FloatMatrix rows = patches.rows(image).widened();
            float[] own = patches.norms(image);
            for (int patch = 0; patch < own.length; patch++) {
                if (own[patch] <= patches.threshold()) {
                    covariance.add(rows.row(patch));
                }
            }
        }
        return covariance.count() < 2
                ? new double[patches.dimensions()][patches.dimensions()]
                : covariance.covariance();
    }

    /// See the class; the identity where there is no variance at all.
    static double[][] whitening(double[][] covariance) {
        int n = covariance.length;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            variance += covariance[i][i] / n;
        }
        double[][] mixed = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mixed[i][j] = variance > 0 ? (1 - RIDGE) * covariance[i][j] / variance : 0;
            }
            mixed[i][i] += RIDGE;
        }
        return SymmetricEigen.of(mixed).function(value -> 1 / Math.sqrt(Math.max(value, RIDGE)));
    }
}
