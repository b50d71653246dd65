package org.patchlens.point;

import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchEmbeddings;
import org.patchlens.neighbor.Metric;
import org.patchlens.study.Pooling;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;
import org.patchlens.tensor.Kernels;

/// The rows of points at one layer, read image by image so that a study need not fit into memory; safe for
/// several threads.
///
/// @param study that is read
/// @param points that have the rows
/// @param layer of the tokens
/// @param metric under which the rows are compared; for the cosine they are scaled to length 1
public record PointSource(Study study, PointSet points, Layer layer, Metric metric) {
    /// N, the number of points.
    public int size() {
        return points.size();
    }

    /// D, the length of a row.
    public int dimensions() {
        return study.manifest().model().dimensions();
    }

    /// The rows of one image, `float[points of the image][D]`; not to be changed.
    ///
    /// @throws PatchlensException if one holds a number that is not finite, or the layer is not stored
    public FloatMatrix rows(int image) {
        return rows(image, this::freshTokens);
    }

    FloatMatrix rows(int image, Supplier<FloatMatrix> memory) {
        FloatMatrix rows = unscaled(image, memory);
        return switch (metric) {
            case EUCLIDEAN -> rows;
            case COSINE -> scaled(rows);
        };
    }

    /// The rows of all points, `float[N][D]`: only for sets that are known to be small.
    public FloatMatrix allRows() {
        FloatMatrix all = FloatMatrix.zeros(size(), dimensions());
        for (int image = 0; image < points.images(); image++) {
            if (points.count(image) > 0) {
                all.rows(points.start(image), points.end(image)).copyFrom(rows(image));
            }
        }
        return all;
    }

    /// The norms of the points of one image, before any scaling.
    public float[] norms(int image) {
        return norms(image, this::freshTokens);
    }

    float[] norms(int image, Supplier<FloatMatrix> memory) {
        return Kernels.rowNorms(unscaled(image, memory));
    }

    /// The same points at another layer.
    public PointSource at(Layer other) {
        return new PointSource(study, points, other, metric);
    }

    /// Other points at the same layer.
    public PointSource with(PointSet other) {
        return new PointSource(study, other, layer, metric);
    }

    /// All patches of one image, and none of the others.
    public PointSource allOf(int image) {
        int[][] patches = new int[points.images()][0];
        patches[image] = IntStream.range(0, study.manifest().grid().patches()).toArray();
        return with(PointSet.of(PointUnit.PATCHES, patches));
    }

    /// Memory for the tokens of an image, `float[T][D]`.
    FloatMatrix freshTokens() {
        return FloatMatrix.zeros(study.manifest().tokens(), dimensions());
    }

    private FloatMatrix unscaled(int image, Supplier<FloatMatrix> memory) {
        if (points.count(image) == 0) {
            return FloatMatrix.zeros(0, dimensions());
        }
        PatchEmbeddings tokens = study.embeddings(image, layer, memory);
        FloatMatrix rows = switch (points.unit()) {
            case PATCHES -> patches(tokens.patches(), image);
            case CLS -> Pooling.CLS.pool(tokens);
            case MEAN -> Pooling.MEAN.pool(tokens);
        };
        if (!HalfPrecision.isFinite(rows)) {
            throw PatchlensException.badData(
                    study.images().get(image).id(),
                    "layer " + layer + " holds numbers that are not finite",
                    "Extract the image again, with --dtype f32 if its numbers are too large for 16 bits");
        }
        return rows;
    }

    private FloatMatrix patches(FloatMatrix patches, int image) {
        if (points.count(image) == patches.rows()) {
            return patches;
        }
        FloatMatrix rows = FloatMatrix.zeros(points.count(image), patches.columns());
        for (int i = 0; i < rows.rows(); i++) {
            rows.row(i).copyFrom(patches.row(points.patch(points.start(image) + i)));
        }
        return rows;
    }

    /// A row of zeros has no direction and stays as it is.
    private static FloatMatrix scaled(FloatMatrix rows) {
        float[] norms = Kernels.rowNorms(rows);
        FloatMatrix scaled = FloatMatrix.zeros(rows.rows(), rows.columns());
        for (int row = 0; row < rows.rows(); row++) {
            for (int i = 0; i < rows.columns() && norms[row] > 0; i++) {
                scaled.set(row, i, rows.get(row, i) / norms[row]);
            }
        }
        return scaled;
    }
}
