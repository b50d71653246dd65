package org.patchlens.learning;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// The cross-entropy of a linear model summed over rows, and its gradient.
///
/// Rows are cut into tasks of fixed size, whose sums are added in order in double precision.
///
/// @param rows `float[n][D]`
/// @param targets `float[n][outputs]`: one output is the chance of the second of two classes; more are the chances
///     of all classes, and sum to 1
/// @param pool that the tasks run on
record LogisticLoss(FloatMatrix rows, FloatMatrix targets, TaskPool pool) {
    private static final int BLOCK = 256;
    private static final int BLOCKS_PER_TASK = 8;

    /// How many outputs there are.
    int outputs() {
        return targets.columns();
    }

    /// One task's part of the sums.
    private static final class Part {
        double loss;
        final double[][] gradient;

        Part(int outputs, int parameters) {
            gradient = new double[outputs][parameters];
        }
    }

    /// The loss at some weights.
    ///
    /// @param weights `double[outputs][D + 1]`, the intercept last
    /// @param gradient overwritten, of the same shape
    double at(double[][] weights, double[][] gradient) {
        int dimensions = rows.columns();
        float[] flat = new float[outputs() * dimensions];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) weights[i / dimensions][i % dimensions];
        }
        Panel narrow = Panel.of(flat, outputs(), dimensions);
        int perTask = BLOCK * BLOCKS_PER_TASK;
        int tasks = Math.ceilDiv(rows.rows(), perTask);
        Part[] parts = new Part[tasks];
        pool.forEach(
                tasks,
                task -> parts[task] =
                        part(task * perTask, Math.min(rows.rows(), (task + 1) * perTask), narrow, weights));
        double loss = 0;
        for (int k = 0; k < outputs(); k++) {
            Arrays.fill(gradient[k], 0);
        }
        for (Part part : parts) {
            loss += part.loss;
            for (int k = 0; k < outputs(); k++) {
                Preconditioner.addScaled(gradient[k], part.gradient[k], 1);
            }
        }
        return loss;
    }

    private Part part(int from, int to, Panel narrow, double[][] weights) {
        Part part = new Part(outputs(), rows.columns() + 1);
        float[] logits = new float[BLOCK * outputs()];
        float[] products = new float[outputs() * rows.columns()];
        float[] wanted = new float[BLOCK * outputs()];
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            Panel block = Panel.of(rows).rows(start, end);
            Panel outputs = Panel.of(logits, end - start, outputs());
            MatrixProduct.multiply(block, narrow.transpose(), outputs);
            MemorySegment.copy(
                    targets.segment(),
                    FloatMatrix.FLOAT,
                    (long) start * outputs() * Float.BYTES,
                    wanted,
                    0,
                    (end - start) * outputs());
            residuals(logits, wanted, end - start, weights, part);
            MatrixProduct.multiply(outputs.transpose(), block, Panel.of(products, outputs(), rows.columns()));
            for (int k = 0; k < outputs(); k++) {
                double[] gradient = part.gradient[k];
                int offset = k * rows.columns();
                for (int i = 0; i < rows.columns(); i++) {
                    gradient[i] += products[offset + i];
                }
            }
        }
        return part;
    }

    /// Turns logits into probability less target, and adds up loss and intercepts' gradient.
    private void residuals(float[] logits, float[] wanted, int count, double[][] weights, Part part) {
        int last = rows.columns();
        if (outputs() == 1) {
            for (int row = 0; row < count; row++) {
                double logit = logits[row] + weights[0][last];
                double target = wanted[row];
                double small = Math.exp(-Math.abs(logit));
                part.loss += Math.log1p(small) + Math.max(logit, 0) - target * logit;
                double residual = (logit >= 0 ? 1 : small) / (1 + small) - target;
                part.gradient[0][last] += residual;
                logits[row] = (float) residual;
            }
            return;
        }
        double[] shares = new double[outputs()];
        for (int row = 0; row < count; row++) {
            softmaxResidual(logits, wanted, row * outputs(), weights, part, shares);
        }
    }

    private void softmaxResidual(
            float[] logits, float[] wanted, int offset, double[][] weights, Part part, double[] shares) {
        int last = rows.columns();
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = logits[offset + k] + weights[k][last];
            largest = Math.max(largest, shares[k]);
        }
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            part.loss -= wanted[offset + k] * (shares[k] - largest);
            shares[k] = Math.exp(shares[k] - largest);
            sum += shares[k];
        }
        part.loss += Math.log(sum);
        for (int k = 0; k < shares.length; k++) {
            double residual = shares[k] / sum - wanted[offset + k];
            part.gradient[k][last] += residual;
            logits[offset + k] = (float) residual;
        }
    }
}
