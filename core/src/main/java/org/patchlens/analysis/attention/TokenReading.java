package org.patchlens.analysis.attention;

import java.util.List;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.tensor.FloatMatrix;

/// What one token reads, as a map over the patches and what is left for special tokens.
///
/// @param patches `float[H][W]`: the share of the attention on each patch, 0 to 1
/// @param cls the share on the CLS token; 0 for a model without
/// @param otherSpecial the share on registers and distillation tokens together
/// @param entropy of the whole row in bits, 0 for a single token to log2(T) for all alike; where heads are fused
///     by minimum or maximum, of the row divided by its sum
public record TokenReading(FloatMatrix patches, float cls, float otherSpecial, float entropy) {
    /// Takes a row apart.
    ///
    /// @param row `float[1][T]`
    static TokenReading of(FloatMatrix row, TokenLayout layout, PatchGrid grid) {
        List<SpecialToken> prefix = layout.prefix();
        double cls = 0;
        double other = 0;
        for (int token = 0; token < prefix.size(); token++) {
            if (prefix.get(token) == SpecialToken.CLS) {
                cls += row.get(0, token);
            } else {
                other += row.get(0, token);
            }
        }
        FloatMatrix patches = FloatMatrix.zeros(grid.rows(), grid.columns());
        for (int patch = 0; patch < grid.patches(); patch++) {
            patches.set(grid.row(patch), grid.column(patch), row.get(0, layout.firstPatch() + patch));
        }
        return new TokenReading(patches, (float) cls, (float) other, (float) entropy(row));
    }

    /// The entropy of a row in bits, after its division by its sum.
    public static double entropy(FloatMatrix row) {
        double sum = 0;
        double weighted = 0;
        for (int token = 0; token < row.columns(); token++) {
            double value = row.get(0, token);
            sum += value;
            weighted += value > 0 ? value * StrictMath.log(value) : 0;
        }
        return sum > 0 ? (StrictMath.log(sum) - weighted / sum) / StrictMath.log(2) : 0;
    }
}
