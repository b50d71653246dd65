package org.patchlens.analysis.norms;

import java.util.Arrays;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;

/// How norms depend on the place in the image.
///
/// @param map `float[H][W]`: the median over images of the norm of the patch there, over the median of the layer;
///     1 is ordinary
/// @param radius `float[1][R]`: the distance from the centre of the image, 0 to 1 in a corner, in the middle of
///     each ring
/// @param radial `float[1][R]`: the mean of the map over the patches of each ring; NaN for a ring without patch
/// @param outliers `float[1][R]`: the share of the patches of each ring and all images that are outliers
public record PositionNorms(FloatMatrix map, FloatMatrix radius, FloatMatrix radial, FloatMatrix outliers) {
    private static final int RINGS = 10;

    /// @param outlierShares `float[H][W]`, see [OutlierPatches#positions]
    static PositionNorms of(ScanPlan plan, TokenNorms norms, double layerMedian, FloatMatrix outlierShares) {
        PatchGrid grid = plan.study().manifest().grid();
        FloatMatrix map = FloatMatrix.zeros(grid.rows(), grid.columns());
        float[] there = new float[norms.images()];
        for (int patch = 0; patch < grid.patches(); patch++) {
            for (int image = 0; image < there.length; image++) {
                there[image] = norms.get(image, plan.layout().firstPatch() + patch);
            }
            Arrays.sort(there);
            double median = (there[(there.length - 1) / 2] + (double) there[there.length / 2]) / 2;
            map.set(grid.row(patch), grid.column(patch), (float) (median / layerMedian));
        }
        FloatMatrix radius = FloatMatrix.zeros(1, RINGS);
        for (int ring = 0; ring < RINGS; ring++) {
            radius.set(0, ring, (ring + 0.5f) / RINGS);
        }
        return new PositionNorms(map, radius, perRing(grid, map), perRing(grid, outlierShares));
    }

    private static FloatMatrix perRing(PatchGrid grid, FloatMatrix map) {
        double[] sums = new double[RINGS];
        int[] counts = new int[RINGS];
        for (int patch = 0; patch < grid.patches(); patch++) {
            int ring = ring(grid, grid.row(patch), grid.column(patch));
            sums[ring] += map.get(grid.row(patch), grid.column(patch));
            counts[ring]++;
        }
        FloatMatrix means = FloatMatrix.zeros(1, RINGS);
        for (int ring = 0; ring < RINGS; ring++) {
            means.set(0, ring, counts[ring] == 0 ? Float.NaN : (float) (sums[ring] / counts[ring]));
        }
        return means;
    }

    /// The ring of a patch's centre: both axes from -1 to 1 between the centres of the outermost patches, so that
    /// corners are at distance 1 on every grid.
    private static int ring(PatchGrid grid, int row, int column) {
        double y = grid.rows() == 1 ? 0 : 2.0 * row / (grid.rows() - 1) - 1;
        double x = grid.columns() == 1 ? 0 : 2.0 * column / (grid.columns() - 1) - 1;
        return Math.min(RINGS - 1, (int) (Math.sqrt((x * x + y * y) / 2) * RINGS));
    }
}
