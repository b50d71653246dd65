package org.patchlens.analysis.attention;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;

/// Attention rollout (Abnar and Zuidema 2020, arXiv:2005.00928, section 3): how much of each token of the input
/// has flowed into a token of the last block, if attention alone moved it.
///
/// A block's matrix is `residual * I + (1 - residual) * A` with every row divided by its sum, where A is one
/// matrix made of the heads; the rollout is the product of all blocks' matrices. The paper's residual is 0.5:
/// half of a token stays where it is. Of the product only one row is wanted, so that a row vector runs from the
/// last block to the first, T x T steps for each.
///
/// @param residual 0 to 1, the share that stays
/// @param discardRatio 0 to below 1: this share of A's numbers, the smallest of the whole matrix, becomes 0 first
public record Rollout(double residual, double discardRatio) {
    /// The row of a token before any block: it holds itself.
    ///
    /// @param tokens T
    /// @param query its place in the sequence
    static FloatMatrix start(int tokens, int query) {
        FloatMatrix row = FloatMatrix.zeros(1, tokens);
        row.set(0, query, 1);
        return row;
    }

    /// Goes on from the block above.
    ///
    /// @param row `float[1][T]`, the product of the blocks above
    /// @param attention `float[T][T]`, the block's matrix A
    /// @return `float[1][T]`
    FloatMatrix step(FloatMatrix row, FloatMatrix attention) {
        int tokens = attention.rows();
        float[] kept = attention.segment().toArray(FloatMatrix.FLOAT);
        discard(kept);
        double[] sums = new double[tokens];
        for (int from = 0; from < tokens; from++) {
            double sum = residual;
            for (int to = 0; to < tokens; to++) {
                sum += (1 - residual) * kept[from * tokens + to];
            }
            double weight = row.get(0, from) / sum;
            sums[from] += weight * residual;
            for (int to = 0; to < tokens; to++) {
                sums[to] += weight * (1 - residual) * kept[from * tokens + to];
            }
        }
        FloatMatrix next = FloatMatrix.zeros(1, tokens);
        for (int token = 0; token < tokens; token++) {
            next.set(0, token, (float) sums[token]);
        }
        return next;
    }

    /// Sets the smallest numbers to 0; among equal ones those that come first.
    private void discard(float[] numbers) {
        int count = (int) Math.floor(discardRatio * numbers.length);
        if (count == 0) {
            return;
        }
        float[] sorted = numbers.clone();
        Arrays.sort(sorted);
        float limit = sorted[count - 1];
        int equal = 0;
        for (int i = count - 1; i >= 0 && sorted[i] == limit; i--) {
            equal++;
        }
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < limit || (numbers[i] == limit && equal-- > 0)) {
                numbers[i] = 0;
            }
        }
    }
}
