package org.patchlens.mask;

import org.patchlens.tensor.FloatMatrix;

/// The share of each patch that each class covers: the exact area of the mask's pixels under the patch, each pixel
/// a square, divided by the area of the patch. What a patch shows beyond the image (padding) counts for no class.
///
/// Nothing is resampled: a mask of one pixel is not lost, and half a pixel counts half.
public final class PatchCoverage {
    private PatchCoverage() {}

    /// Measures one mask.
    ///
    /// @param mask over the whole image, of any resolution
    /// @param classes that know every label of the mask, see [MaskClasses#refuseUnknown]
    /// @return `float[P][C]`, each 0 to 1; a patch's shares add up to at most 1, rounded down where a float cannot
    ///     hold them
    public static FloatMatrix of(LabelMap mask, MaskClasses classes, PatchPlacement placement) {
        double[] columns = placement.columnEdges(mask.width());
        double[] rows = placement.rowEdges(mask.height());
        int[] classOfLabel = classes.table();
        FloatMatrix coverage = FloatMatrix.zeros(placement.grid().patches(), classes.count());
        for (int patch = 0; patch < coverage.rows(); patch++) {
            int row = placement.grid().row(patch);
            int column = placement.grid().column(patch);
            Area area = new Area(columns[column], columns[column + 1], rows[row], rows[row + 1]);
            double[] shares = area.shares(mask, classOfLabel, classes.count());
            for (int number = 0; number < shares.length; number++) {
                coverage.set(patch, number, roundedDown(shares[number]));
            }
        }
        return coverage;
    }

    /// The largest float that is not above a share, so that shares which add up to 1 do not add up to more.
    private static float roundedDown(double share) {
        float rounded = (float) share;
        return rounded > share ? Math.nextDown(rounded) : rounded;
    }

    /// A patch as a rectangle over the mask, in pixels of the mask.
    private record Area(double left, double right, double top, double bottom) {

        double[] shares(LabelMap mask, int[] classOfLabel, int classes) {
            double[] covered = new double[classes];
            double inside = 0;
            int lastY = (int) Math.min(mask.height(), Math.ceil(bottom));
            int lastX = (int) Math.min(mask.width(), Math.ceil(right));
            for (int y = (int) Math.max(0, Math.floor(top)); y < lastY; y++) {
                double high = Math.min(y + 1, bottom) - Math.max(y, top);
                for (int x = (int) Math.max(0, Math.floor(left)); x < lastX; x++) {
                    double overlap = high * (Math.min(x + 1, right) - Math.max(x, left));
                    int number = classOfLabel[mask.label(x, y)];
                    inside += overlap;
                    if (number >= 0) {
                        covered[number] += overlap;
                    }
                }
            }
            double whole = whole(mask, inside);
            for (int number = 0; number < classes; number++) {
                covered[number] /= whole;
            }
            return covered;
        }

        /// The area of the patch: inside the mask the same sum as above, so that a class that covers all covers
        /// exactly 1.
        private double whole(LabelMap mask, double inside) {
            boolean within = left >= 0 && top >= 0 && right <= mask.width() && bottom <= mask.height();
            return within ? inside : Math.max(inside, (right - left) * (bottom - top));
        }
    }
}
