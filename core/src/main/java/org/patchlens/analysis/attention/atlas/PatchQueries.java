package org.patchlens.analysis.attention.atlas;

import org.patchlens.embedding.TokenLayout;
import org.patchlens.tensor.FloatMatrix;

/// What the patches of one image read in one head, on average over the patches.
///
/// @param entropy of a patch's row in bits
/// @param distance to what a patch reads, in pixels: the mean over all patches, weighted by the attention on them
///     (Raghu et al. 2021, arXiv:2108.08810); what special tokens get takes no part. NaN if no patch reads a patch
/// @param mean `float[1][T]`, the mean row
record PatchQueries(double entropy, double distance, FloatMatrix mean) {
    /// @param matrix `float[T][T]`, after the softmax
    static PatchQueries of(FloatMatrix matrix, TokenLayout layout, PatchDistances distances) {
        int tokens = matrix.rows();
        int first = layout.firstPatch();
        float[] numbers = matrix.segment().toArray(FloatMatrix.FLOAT);
        double[] sums = new double[tokens];
        double entropy = 0;
        double distance = 0;
        int reading = 0;
        for (int query = first; query < tokens; query++) {
            double weighted = 0;
            double far = 0;
            double onPatches = 0;
            for (int token = 0; token < tokens; token++) {
                double value = numbers[query * tokens + token];
                sums[token] += value;
                weighted += value > 0 ? value * StrictMath.log(value) : 0;
                if (token >= first) {
                    onPatches += value;
                    far += value * distances.between(query - first, token - first);
                }
            }
            entropy -= weighted;
            if (onPatches > 0) {
                distance += far / onPatches;
                reading++;
            }
        }
        int patches = tokens - first;
        FloatMatrix mean = FloatMatrix.zeros(1, tokens);
        for (int token = 0; token < tokens; token++) {
            mean.set(0, token, (float) (sums[token] / patches));
        }
        return new PatchQueries(
                entropy / StrictMath.log(2) / patches, reading == 0 ? Double.NaN : distance / reading, mean);
    }
}
