package org.patchlens.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which patches are asked about: the options of every analysis that starts from one place of an image.
///
/// @param image the id of their image; the first of the study if empty
/// @param patch row, column, row, column, …; the patch in the middle of the grid if empty and no region is given
/// @param region top row, left column, bottom row, right column, inclusive; or empty
public record QueryOptions(
        @Doc("Id of the image that holds the patch; without it, the first image of the study")
        Optional<String> image,

        @Doc("Row and column of the patch, such as 7,9; several mean the mean of them; without it, the middle")
        List<Integer> patch,

        @Doc("Top row, left column, bottom row and right column of patches whose mean is meant, such as 4,3,9,8")
        List<Integer> region) {
    public QueryOptions {
        patch = List.copyOf(patch);
        region = List.copyOf(region);
    }

    /// The patch in the middle of the first image.
    public static QueryOptions defaults() {
        return new QueryOptions(Optional.empty(), List.of(), List.of());
    }

    /// The same place of another image.
    public QueryOptions withImage(String id) {
        return new QueryOptions(Optional.of(id), patch, region);
    }

    /// One more patch.
    public QueryOptions withPatch(int row, int column) {
        List<Integer> more = new ArrayList<>(patch);
        more.addAll(List.of(row, column));
        return new QueryOptions(image, more, region);
    }

    /// A region, corners inclusive.
    public QueryOptions withRegion(int top, int left, int bottom, int right) {
        return new QueryOptions(image, patch, List.of(top, left, bottom, right));
    }
}
