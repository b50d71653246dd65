package org.patchlens.point;

import org.patchlens.tensor.FloatMatrix;

/// Reads the rows of points image by image into the same memory: for passes over a whole study by one thread,
/// whose matrices would otherwise wait for the garbage collector, hundreds of megabytes of them.
final class PointReader {
    private final PointSource source;
    private final FloatMatrix tokens;

    PointReader(PointSource source) {
        this.source = source;
        this.tokens = source.freshTokens();
    }

    /// The rows of one image, `float[points of the image][D]`, which end with the next call.
    FloatMatrix rows(int image) {
        return source.rows(image, () -> tokens);
    }

    /// The norms of the points of one image, before any scaling.
    float[] norms(int image) {
        return source.norms(image, () -> tokens);
    }
}
