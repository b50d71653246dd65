package org.patchlens.point;

import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;

/// Gives the first component the sign with which the middle of the images is positive.
///
/// The sign of a component means nothing, and a rule about its elements knows nothing of the picture. Objects
/// stand in the middle more often than at the border, so that with this rule `positive` is the object wherever the
/// first component separates it, for every model and layer.
public final class CenterSign {
    private CenterSign() {}

    /// The same points, with the sign fixed; points that are images keep theirs.
    public static PrincipalPoints of(PrincipalPoints points) {
        PointSet set = points.source().points();
        if (set.unit() != PointUnit.PATCHES || points.scores().columns() == 0) {
            return points;
        }
        PatchGrid grid = points.source().study().manifest().grid();
        double[] sums = new double[2];
        long[] counts = new long[2];
        for (int point = 0; point < set.size(); point++) {
            int patch = set.patch(point);
            boolean middle = isMiddle(grid.row(patch), grid.rows()) && isMiddle(grid.column(patch), grid.columns());
            boolean border = isBorder(grid.row(patch), grid.rows()) || isBorder(grid.column(patch), grid.columns());
            if (middle || border) {
                int kind = middle ? 1 : 0;
                sums[kind] += points.scores().get(point, 0);
                counts[kind]++;
            }
        }
        boolean comparable = counts[0] > 0 && counts[1] > 0;
        return comparable && sums[1] / counts[1] < sums[0] / counts[0] ? mirrored(points) : points;
    }

    /// Whether a row or column is of the middle half.
    private static boolean isMiddle(int place, int count) {
        return 4 * place + 2 >= count && 4 * place + 2 <= 3 * count;
    }

    /// Whether a row or column is of the outer eighth on either side, at least the outermost.
    private static boolean isBorder(int place, int count) {
        int depth = Math.max(1, count / 8);
        return place < depth || place >= count - depth;
    }

    private static PrincipalPoints mirrored(PrincipalPoints points) {
        PrincipalComponents known = points.components();
        FloatMatrix components = copy(known.components());
        for (int i = 0; i < components.columns(); i++) {
            components.set(0, i, -components.get(0, i));
        }
        FloatMatrix scores = copy(points.scores());
        for (int i = 0; i < scores.rows(); i++) {
            scores.set(i, 0, -scores.get(i, 0));
        }
        PrincipalComponents mirrored = new PrincipalComponents(
                known.mean(), components, known.variances(), known.totalVariance(), known.count());
        return new PrincipalPoints(points.source(), mirrored, scores);
    }

    private static FloatMatrix copy(FloatMatrix matrix) {
        FloatMatrix copy = FloatMatrix.zeros(matrix.rows(), matrix.columns());
        copy.copyFrom(matrix);
        return copy;
    }
}
