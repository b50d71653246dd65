package org.patchlens.point;

import java.util.function.IntConsumer;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.StreamingCovariance;
import org.patchlens.tensor.TaskPool;

/// Points along their first principal components: what maps and clusters are made of.
///
/// @param source of the points
/// @param components of them
/// @param scores `float[N][k]`
public record PrincipalPoints(PointSource source, PrincipalComponents components, FloatMatrix scores) {
    /// Passes over the study that [#of] makes.
    public static final int PASSES = 2;

    /// Hears of every image before it is read. Whatever it throws ends the work.
    @FunctionalInterface
    public interface Listener {
        /// An image is about to be read.
        ///
        /// @param pass 0 for the components, 1 for the scores
        /// @param image index of the image
        void begins(int pass, int image);
    }

    /// Reads the study twice.
    ///
    /// @param most components at most
    /// @throws PatchlensException if there are fewer than two points, or all are equal
    public static PrincipalPoints of(PointSource source, int most, TaskPool pool, Listener listener) {
        PrincipalComponents components = components(source, most, pool, image -> listener.begins(0, image));
        return along(source, components, pool, image -> listener.begins(1, image));
    }

    /// The components of points, in one pass.
    public static PrincipalComponents components(PointSource source, int most, TaskPool pool, IntConsumer progress) {
        if (source.size() < 2) {
            throw PatchlensException.usage("points", "are " + source.size() + "; at least 2 are needed", "");
        }
        StreamingCovariance covariance = new StreamingCovariance(source.dimensions(), pool);
        PointReader reader = new PointReader(source);
        for (int image = 0; image < source.points().images(); image++) {
            progress.accept(image);
            covariance.add(reader.rows(image));
        }
        PrincipalComponents components = PrincipalComponents.of(covariance, most);
        if (!(components.totalVariance() > 0)) {
            throw PatchlensException.badData(
                    "points", "all " + source.size() + " are equal; there is nothing to tell apart", "");
        }
        return components;
    }

    /// Points along components that are known, in one pass.
    public static PrincipalPoints along(
            PointSource source, PrincipalComponents components, TaskPool pool, IntConsumer progress) {
        PointSet points = source.points();
        FloatMatrix scores =
                FloatMatrix.zeros(points.size(), components.components().rows());
        PointReader reader = new PointReader(source);
        for (int image = 0; image < points.images(); image++) {
            progress.accept(image);
            scores.rows(points.start(image), points.end(image)).copyFrom(components.scores(reader.rows(image), pool));
        }
        return new PrincipalPoints(source, components, scores);
    }

    /// Scores before the mean was subtracted, with one coordinate more for what of the mean lies beside the
    /// components: their directions and lengths are those of the rows, as far as the components keep them.
    ///
    /// @param some scores, `float[n][k]`
    /// @return `float[n][k + 1]`
    public FloatMatrix fromOrigin(FloatMatrix some) {
        int k = some.columns();
        double[] origin = new double[k + 1];
        double beside = 0;
        for (int i = 0; i < components.mean().columns(); i++) {
            beside += (double) components.mean().get(0, i) * components.mean().get(0, i);
        }
        for (int part = 0; part < k; part++) {
            for (int i = 0; i < components.mean().columns(); i++) {
                origin[part] += (double) components.mean().get(0, i)
                        * components.components().get(part, i);
            }
            beside -= origin[part] * origin[part];
        }
        origin[k] = Math.sqrt(Math.max(0, beside));
        FloatMatrix moved = FloatMatrix.zeros(some.rows(), k + 1);
        for (int row = 0; row < some.rows(); row++) {
            for (int part = 0; part < k; part++) {
                moved.set(row, part, (float) (some.get(row, part) + origin[part]));
            }
            moved.set(row, k, (float) origin[k]);
        }
        return moved;
    }
}
