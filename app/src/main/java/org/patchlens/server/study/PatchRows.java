package org.patchlens.server.study;

import java.util.LinkedHashMap;
import java.util.Map;
import org.patchlens.embedding.Layer;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// The patch embeddings of images, widened and scaled to length 1, the last used ones kept: a click on a patch asks
/// for the same rows again and again. Safe for several threads.
public final class PatchRows {
    private static final long MOST_BYTES = 256L << 20;

    private final Study study;
    private final LinkedHashMap<Key, FloatMatrix> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(Layer layer, int image) {}

    PatchRows(Study study) {
        this.study = study;
    }

    /// The rows of one image, `float[P][D]`, each of length 1 or 0; not to be written to.
    public FloatMatrix of(int image, Layer layer) {
        Key key = new Key(layer, image);
        synchronized (kept) {
            FloatMatrix known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        FloatMatrix rows = scaled(study.embeddings(image, layer).patches());
        keep(key, rows);
        return rows;
    }

    private void keep(Key key, FloatMatrix rows) {
        synchronized (kept) {
            if (kept.put(key, rows) == null) {
                bytes += size(rows);
            }
            var oldest = kept.entrySet().iterator();
            while (bytes > MOST_BYTES && oldest.hasNext()) {
                Map.Entry<Key, FloatMatrix> entry = oldest.next();
                bytes -= size(entry.getValue());
                oldest.remove();
            }
        }
    }

    private static long size(FloatMatrix rows) {
        return rows.size() * Float.BYTES;
    }

    private static FloatMatrix scaled(FloatMatrix patches) {
        FloatMatrix rows = FloatMatrix.zeros(patches.rows(), patches.columns());
        float[] norms = Kernels.rowNorms(patches);
        for (int row = 0; row < rows.rows(); row++) {
            float factor = norms[row] > 0 ? 1 / norms[row] : 0;
            for (int i = 0; i < rows.columns(); i++) {
                rows.set(row, i, patches.get(row, i) * factor);
            }
        }
        return rows;
    }
}
