package org.patchlens.analysis.similarity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.patch.PatchPlace;
import org.patchlens.patch.PatchSimilarity;
import org.patchlens.tensor.FloatMatrix;

/// The similarity of every patch of an image with every patch of another, or of the same.
///
/// @param image id of the image of the rows
/// @param other id of the image of the columns
/// @param order in which rows and columns stand
/// @param rows the patch of each row
/// @param columns the patch of each column
/// @param similarity `float[P][P]`, -1 to 1, after the reduction
public record SimilarityMatrix(
        String image,
        String other,
        SimilarityOptions.Order order,
        List<PatchPlace> rows,
        List<PatchPlace> columns,
        FloatMatrix similarity) {
    private static final int MOST_PATCHES = 4096;

    public SimilarityMatrix {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }

    /// Compares two images.
    ///
    /// @throws PatchlensException if the grid has more than 4,096 patches
    static SimilarityMatrix of(PatchSimilarity space, int image, int other, SimilarityOptions.Order order) {
        PatchGrid grid = space.patches().study().manifest().grid();
        if (grid.patches() > MOST_PATCHES) {
            throw PatchlensException.usage(
                    "matrix",
                    "the grid of " + grid + " has " + grid.patches() + " patches; a matrix has at most " + MOST_PATCHES
                            + " on a side",
                    "Compare single patches, or extract with a smaller --size");
        }
        int[] rows = order(space, image, order);
        int[] columns = image == other ? rows : order(space, other, order);
        FloatMatrix all = space.matrix(image, other);
        FloatMatrix ordered = FloatMatrix.zeros(rows.length, columns.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                ordered.set(i, j, all.get(rows[i], columns[j]));
            }
        }
        return new SimilarityMatrix(
                space.patches().study().images().get(image).id(),
                space.patches().study().images().get(other).id(),
                order,
                places(grid, rows),
                places(grid, columns),
                ordered);
    }

    private static int[] order(PatchSimilarity space, int image, SimilarityOptions.Order order) {
        return switch (order) {
            case SPATIAL -> IntStream.range(0, space.patches().perImage()).toArray();
            case HIERARCHICAL -> AverageLinkage.of(space.matrix(image, image)).order();
        };
    }

    private static List<PatchPlace> places(PatchGrid grid, int[] patches) {
        return Arrays.stream(patches)
                .mapToObj(patch -> PatchPlace.of(grid, patch))
                .toList();
    }
}
