package org.patchlens.server.study;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.patchlens.analysis.attention.AttentionSource;
import org.patchlens.rerun.ModelAttention;
import org.patchlens.rerun.ModelSearch;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// Attention that a study does not store, computed by its model: the model is searched and loaded when it is first
/// needed, and computes for one caller at a time. The last matrices are kept, since the next click is often on the
/// same image.
public final class ModelRuns implements AutoCloseable {
    private static final long MOST_KEPT_BYTES = 256L << 20;

    private final Study study;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private @Nullable ModelAttention model;
    private @Nullable Matrices last;

    /// The matrices of one block of one image.
    private record Matrices(int image, int block, FloatMatrix rows) {}

    ModelRuns(Study study) {
        this.study = study;
    }

    /// For analyses.
    public AttentionSource source() {
        return (images, blocks, reader) -> locked(() -> opened().read(images, blocks, reader));
    }

    /// What a token reads in a block of an image, the mean of some heads over all tokens, `float[T]`.
    ///
    /// @param block 1 to L
    /// @param heads of the mean
    /// @param token in the sequence
    public float[] row(int image, int block, List<Integer> heads, int token) {
        float[] mean = new float[study.manifest().tokens()];
        locked(() -> {
            FloatMatrix rows = matrices(image, block);
            for (int head : heads) {
                float[] row = rows.rowToArray(head * mean.length + token);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += row[i] / heads.size();
                }
            }
        });
        return mean;
    }

    private FloatMatrix matrices(int image, int block) {
        Matrices known = last;
        if (known != null && known.image == image && known.block == block) {
            return known.rows;
        }
        FloatMatrix[] copy = new FloatMatrix[1];
        opened().read(List.of(image), List.of(block), (ofImage, ofBlock, matrices) -> {
            copy[0] = FloatMatrix.zeros(matrices.rows(), matrices.columns());
            copy[0].copyFrom(matrices);
        });
        if (copy[0].size() * Float.BYTES <= MOST_KEPT_BYTES) {
            last = new Matrices(image, block, copy[0]);
        }
        return copy[0];
    }

    private ModelAttention opened() {
        ModelAttention known = model;
        if (known == null) {
            known = ModelAttention.open(
                    study,
                    ModelSearch.around(study, System.getenv())
                            .find(study.manifest().model()));
            model = known;
        }
        return known;
    }

    private void locked(Runnable work) {
        oneAtATime.lock();
        try {
            work.run();
        } finally {
            oneAtATime.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            if (model != null) {
                model.close();
                model = null;
            }
        });
    }
}
