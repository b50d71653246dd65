package org.patchlens.phantom.scanner;

/// Blurs square images by a normal distribution, one axis after the other; the border is repeated.
final class Gaussian {
    private static final double REACH = 3.2;

    private Gaussian() {}

    /// A blurred copy.
    ///
    /// @param image `size` x `size` values, row by row
    /// @param deviation in pixels
    static float[] blurred(float[] image, int size, double deviation) {
        if (deviation < 0.15) {
            return image.clone();
        }
        float[] weights = weights(deviation);
        float[] across = new float[image.length];
        for (int row = 0; row < size; row++) {
            blurRow(image, across, row * size, size, weights);
        }
        return blurColumns(across, size, weights);
    }

    /// The middle weight and those on one side.
    private static float[] weights(double deviation) {
        float[] weights = new float[(int) Math.ceil(REACH * deviation) + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double weight = Math.exp(-i * i / (2 * deviation * deviation));
            weights[i] = (float) weight;
            sum += i == 0 ? weight : 2 * weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) sum;
        }
        return weights;
    }

    private static void blurRow(float[] from, float[] to, int start, int size, float[] weights) {
        for (int x = 0; x < size; x++) {
            float sum = weights[0] * from[start + x];
            for (int i = 1; i < weights.length; i++) {
                sum += weights[i] * (from[start + Math.max(0, x - i)] + from[start + Math.min(size - 1, x + i)]);
            }
            to[start + x] = sum;
        }
    }

    private static float[] blurColumns(float[] from, int size, float[] weights) {
        float[] to = new float[from.length];
        for (int y = 0; y < size; y++) {
            int start = y * size;
            for (int x = 0; x < size; x++) {
                to[start + x] = weights[0] * from[start + x];
            }
            for (int i = 1; i < weights.length; i++) {
                int above = Math.max(0, y - i) * size;
                int below = Math.min(size - 1, y + i) * size;
                for (int x = 0; x < size; x++) {
                    to[start + x] += weights[i] * (from[above + x] + from[below + x]);
                }
            }
        }
        return to;
    }
}
