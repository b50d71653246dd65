package org.patchlens.point;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Leaves out the points whose norm is far above the median: a model that uses patches as registers writes
/// something else than their content into them, and they would take the first components for themselves.
///
/// @param kept the points at or below the threshold
/// @param leftOut how many are above it
/// @param threshold `factor` times the median norm; infinite where nothing is left out for its norm
public record NormLimit(PointSet kept, int leftOut, float threshold) {
    /// Keeps all.
    public static NormLimit none(PointSet points) {
        return new NormLimit(points, 0, Float.POSITIVE_INFINITY);
    }

    /// Reads the study once.
    ///
    /// @param factor the multiple of the median norm above which a point is left out
    /// @param progress told each image before it is read; whatever it throws ends the work
    public static NormLimit of(PointSource source, double factor, IntConsumer progress) {
        PointSet points = source.points();
        float[] norms = new float[points.size()];
        PointReader reader = new PointReader(source);
        for (int image = 0; image < points.images(); image++) {
            progress.accept(image);
            float[] own = reader.norms(image);
            System.arraycopy(own, 0, norms, points.start(image), own.length);
        }
        if (norms.length == 0) {
            return none(points);
        }
        float[] sorted = norms.clone();
        Arrays.sort(sorted);
        float threshold = (float) (factor * sorted[norms.length / 2]);
        PointSet kept = points.only(point -> norms[point] <= threshold);
        return new NormLimit(kept, points.size() - kept.size(), threshold);
    }
}
