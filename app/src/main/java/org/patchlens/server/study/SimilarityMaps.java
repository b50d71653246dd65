package org.patchlens.server.study;

import java.util.List;
import org.patchlens.embedding.Layer;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// How similar every patch of some images is to a region: its cosine with the mean direction of the region.
public final class SimilarityMaps {
    private SimilarityMaps() {}

    /// One patch of the region.
    ///
    /// @param image in the study
    /// @param patch in the grid
    public record Place(int image, int patch) {}

    /// The cosines, `float[images][P]`, -1 to 1.
    public static float[] of(PatchRows rows, Layer layer, List<Place> region, List<Integer> images) {
        FloatMatrix query = direction(rows, layer, region);
        int patches = rows.of(region.getFirst().image(), layer).rows();
        float[] cosines = new float[Math.multiplyExact(images.size(), patches)];
        int at = 0;
        for (int image : images) {
            FloatMatrix candidates = rows.of(image, layer);
            for (int patch = 0; patch < patches; patch++) {
                cosines[at++] = Math.clamp(Kernels.dot(query, 0, candidates, patch), -1f, 1f);
            }
        }
        return cosines;
    }

    private static FloatMatrix direction(PatchRows rows, Layer layer, List<Place> region) {
        Place first = region.getFirst();
        FloatMatrix sum = FloatMatrix.zeros(1, rows.of(first.image(), layer).columns());
        for (Place place : region) {
            FloatMatrix row = rows.of(place.image(), layer).row(place.patch());
            for (int i = 0; i < sum.columns(); i++) {
                sum.set(0, i, sum.get(0, i) + row.get(0, i));
            }
        }
        float norm = Kernels.norm(sum, 0);
        for (int i = 0; i < sum.columns() && norm > 0; i++) {
            sum.set(0, i, sum.get(0, i) / norm);
        }
        return sum;
    }
}
