package org.patchlens.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.embedding.TokenLayout;
import org.patchlens.tensor.FloatMatrix;

/// One embedding for a whole image, made of its tokens.
public enum Pooling {
    /// The CLS token.
    CLS,
    /// The mean over the patches; special tokens are left out.
    MEAN;

    /// What a model of this layout allows: the mean always, CLS where there is one.
    public static List<Pooling> of(TokenLayout layout) {
        List<Pooling> allowed = new ArrayList<>();
        if (layout.cls().isPresent()) {
            allowed.add(CLS);
        }
        allowed.add(MEAN);
        return allowed;
    }

    /// The pooled embedding, `float[1][D]`.
    ///
    /// @throws java.util.NoSuchElementException if the model has no CLS token
    public FloatMatrix pool(PatchEmbeddings embeddings) {
        return switch (this) {
            case CLS -> embeddings.tokens().row(embeddings.layout().cls().orElseThrow());
            case MEAN -> mean(embeddings.patches());
        };
    }

    /// Sums in double precision, row by row: the rounding does not depend on anything but the numbers.
    private static FloatMatrix mean(FloatMatrix patches) {
        double[] sums = new double[patches.columns()];
        for (int row = 0; row < patches.rows(); row++) {
            float[] values = patches.rowToArray(row);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i];
            }
        }
        FloatMatrix mean = FloatMatrix.zeros(1, sums.length);
        for (int i = 0; i < sums.length; i++) {
            mean.set(0, i, (float) (sums[i] / patches.rows()));
        }
        return mean;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
