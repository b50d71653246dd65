package org.patchlens.analysis.projection;

import java.util.Arrays;
import java.util.Optional;
import org.patchlens.analysis.projection.ProjectionOptions.Foreground;
import org.patchlens.point.PointSet;
import org.patchlens.point.PointSource;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.TaskPool;

/// The points on one side of the first component.
///
/// @param components of all points; empty where there is no other side
/// @param foreground the side
record Side(Optional<PrincipalComponents> components, Foreground foreground) {
    /// The points of a source on this side.
    PointSource of(PointSource source, TaskPool pool) {
        PointSet points = source.points();
        boolean[] contained = new boolean[points.size()];
        for (int image = 0; image < points.images(); image++) {
            boolean[] own = contains(source.rows(image), pool);
            System.arraycopy(own, 0, contained, points.start(image), own.length);
        }
        return source.with(points.only(point -> contained[point]));
    }

    /// Which rows are on this side.
    boolean[] contains(FloatMatrix rows, TaskPool pool) {
        boolean[] contained = new boolean[rows.rows()];
        if (components.isEmpty()) {
            Arrays.fill(contained, true);
            return contained;
        }
        FloatMatrix scores = components.get().scores(rows, pool);
        for (int i = 0; i < contained.length; i++) {
            contained[i] = switch (foreground) {
                case ALL -> true;
                case POSITIVE -> scores.get(i, 0) > 0;
                case NEGATIVE -> scores.get(i, 0) < 0;
            };
        }
        return contained;
    }
}
