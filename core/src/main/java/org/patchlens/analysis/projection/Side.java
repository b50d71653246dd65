package org.patchlens.analysis.projection;

import java.util.stream.IntStream;
import org.patchlens.analysis.projection.ProjectionOptions.Foreground;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.TaskPool;

/// The points on one side of the first component.
///
/// @param components of all points
/// @param foreground the side
record Side(PrincipalComponents components, Foreground foreground) {
    /// The points of a source on this side.
    PointSource of(PointSource source, TaskPool pool) {
        if (foreground == Foreground.ALL) {
            return source;
        }
        boolean[][] contained = IntStream.range(0, source.chosen().size())
                .mapToObj(image -> contains(source.rows(image), pool))
                .toArray(boolean[][]::new);
        return source.only((image, place) -> contained[image][place]);
    }

    /// Which rows are on this side.
    boolean[] contains(FloatMatrix rows, TaskPool pool) {
        FloatMatrix scores = components.scores(rows, pool);
        boolean[] contained = new boolean[rows.rows()];
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
