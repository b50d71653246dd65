package org.patchlens.analysis.probe.segmentation;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.study.Study;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;

/// What the pixels of a patch and its place tell without a model: a thumbnail of 4 x 4, the deviation of the grey
/// values, the mean of the eight patches around, and row and column with their squares and product.
final class PatchPixels {
    private static final int SIDE = 4;
    private static final int COLUMNS = SIDE * SIDE + 7;

    private PatchPixels() {}

    /// The features of all patches of an image, `float[P][23]`.
    static FloatMatrix of(Study study, int image) {
        PatchGrid grid = study.manifest().grid();
        ViewImage view = study.view(image);
        int size = study.manifest().model().patchSize();
        FloatMatrix features = FloatMatrix.zeros(grid.patches(), COLUMNS);
        float[] means = new float[grid.patches()];
        for (int patch = 0; patch < means.length; patch++) {
            means[patch] = thumbnail(view, grid, patch, size, features);
        }
        for (int patch = 0; patch < means.length; patch++) {
            float row = grid.row(patch) / (float) grid.rows() - 0.5f;
            float column = grid.column(patch) / (float) grid.columns() - 0.5f;
            features.set(patch, SIDE * SIDE + 1, around(means, grid, patch));
            features.set(patch, SIDE * SIDE + 2, row);
            features.set(patch, SIDE * SIDE + 3, column);
            features.set(patch, SIDE * SIDE + 4, row * row);
            features.set(patch, SIDE * SIDE + 5, column * column);
            features.set(patch, SIDE * SIDE + 6, row * column);
        }
        return features;
    }

    private static float thumbnail(ViewImage view, PatchGrid grid, int patch, int size, FloatMatrix features) {
        double[] sums = new double[SIDE * SIDE];
        int[] counts = new int[SIDE * SIDE];
        double sum = 0;
        double squares = 0;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int pixel = (grid.row(patch) * size + y) * view.width() + grid.column(patch) * size + x;
                int grey = Byte.toUnsignedInt(view.samples()[pixel * view.channels()]);
                int cell = y * SIDE / size * SIDE + x * SIDE / size;
                sums[cell] += grey;
                counts[cell]++;
                sum += grey;
                squares += (double) grey * grey;
            }
        }
        for (int cell = 0; cell < sums.length; cell++) {
            features.set(patch, cell, (float) (sums[cell] / Math.max(1, counts[cell])));
        }
        double mean = sum / (size * size);
        features.set(patch, SIDE * SIDE, (float) Math.sqrt(Math.max(0, squares / (size * size) - mean * mean)));
        return (float) mean;
    }

    private static float around(float[] means, PatchGrid grid, int patch) {
        float sum = 0;
        int count = 0;
        for (int row = grid.row(patch) - 1; row <= grid.row(patch) + 1; row++) {
            for (int column = grid.column(patch) - 1; column <= grid.column(patch) + 1; column++) {
                if (row >= 0 && row < grid.rows() && column >= 0 && column < grid.columns()) {
                    sum += means[grid.patch(row, column)];
                    count++;
                }
            }
        }
        return sum / count;
    }
}
