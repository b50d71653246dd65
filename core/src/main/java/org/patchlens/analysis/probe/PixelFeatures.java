package org.patchlens.analysis.probe;

import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.ViewImage;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// What simple pixels tell of an image without any model: a histogram of 64 grey values, a thumbnail of 8 x 8
/// pixels, and the size of the original file's picture. A probe that is no better than these has found nothing
/// that needs a model.
final class PixelFeatures {
    private static final int BINS = 64;
    private static final int SIDE = 8;
    private static final int SIZES = 3;

    private PixelFeatures() {}

    /// The features of some images, `float[images][131]`.
    static FloatMatrix of(Study study, int[] images, TaskPool pool) {
        FloatMatrix features = FloatMatrix.zeros(images.length, BINS + SIDE * SIDE + SIZES);
        pool.forEach(images.length, i -> {
            float[] row = new float[features.columns()];
            addPixels(study.view(images[i]), row);
            StudyImage image = study.images().get(images[i]);
            row[BINS + SIDE * SIDE] = (float) Math.log(image.width());
            row[BINS + SIDE * SIDE + 1] = (float) Math.log(image.height());
            row[BINS + SIDE * SIDE + 2] = (float) Math.log((double) image.width() / image.height());
            features.row(i).copyFrom(FloatMatrix.of(1, row.length, row));
        });
        return features;
    }

    private static void addPixels(ViewImage view, float[] row) {
        int pixels = view.width() * view.height();
        int[] counts = new int[SIDE * SIDE];
        double[] sums = new double[SIDE * SIDE];
        for (int y = 0; y < view.height(); y++) {
            for (int x = 0; x < view.width(); x++) {
                int grey = grey(view, y * view.width() + x);
                row[grey * BINS / 256] += 1f / pixels;
                int cell = y * SIDE / view.height() * SIDE + x * SIDE / view.width();
                sums[cell] += grey;
                counts[cell]++;
            }
        }
        for (int cell = 0; cell < sums.length; cell++) {
            row[BINS + cell] = (float) (sums[cell] / Math.max(1, counts[cell]));
        }
    }

    private static int grey(ViewImage view, int pixel) {
        if (view.channels() == 1) {
            return Byte.toUnsignedInt(view.samples()[pixel]);
        }
        int sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            sum += Byte.toUnsignedInt(view.samples()[3 * pixel + channel]);
        }
        return sum / 3;
    }
}
