package org.patchlens.analysis.projection;

import java.util.Optional;
import org.patchlens.embedding.Layer;
import org.patchlens.point.PointSet;
import org.patchlens.point.PointSource;
import org.patchlens.point.PrincipalPoints;
import org.patchlens.tensor.FloatMatrix;

/// The map of one layer.
///
/// @param layer of the embeddings
/// @param points that made the map, along their components
/// @param layout of those points
/// @param positions of all points, those that were placed later included, `float[N][axes]`
/// @param placed those that were placed, if there are any
/// @param quality of the map among the points that made it
record LayerMap(
        Layer layer,
        PrincipalPoints points,
        MapLayout layout,
        FloatMatrix positions,
        Optional<PlacedPoints> placed,
        MapQuality quality) {

    /// The points of a map at one layer.
    ///
    /// @param all of them, in the order of the result
    /// @param making those that make the map
    /// @param placed the others
    record Points(PointSource all, PointSet making, PointSet placed) {
        /// Positions of both kinds in the order of all.
        FloatMatrix merge(FloatMatrix made, FloatMatrix later) {
            FloatMatrix merged = FloatMatrix.zeros(all.size(), made.columns());
            for (int image = 0; image < all.points().images(); image++) {
                // an image is of one kind: one of both has no points of it
                copy(made, making, merged, image);
                copy(later, placed, merged, image);
            }
            return merged;
        }

        private void copy(FloatMatrix from, PointSet points, FloatMatrix merged, int image) {
            if (points.count(image) > 0) {
                int start = all.points().start(image);
                merged.rows(start, start + points.count(image))
                        .copyFrom(from.rows(points.start(image), points.end(image)));
            }
        }
    }

    /// What another layer shows, moved onto the map of this one.
    Projection.LayerView onto(LayerMap reference) {
        Procrustes fit = Procrustes.of(positions, reference.positions());
        return new Projection.LayerView(
                layer, fit.fitted(), fit.disparity(), points.components().keptVariance(), layout.divergence(), quality);
    }
}
