package org.patchlens.patch;

import java.util.List;
import org.patchlens.embedding.PatchGrid;

/// A patch by its place in the grid.
///
/// @param row 0 to H - 1
/// @param column 0 to W - 1
public record PatchPlace(int row, int column) {
    /// The place of a patch number.
    public static PatchPlace of(PatchGrid grid, int patch) {
        return new PatchPlace(grid.row(patch), grid.column(patch));
    }

    /// The places of patch numbers.
    public static List<PatchPlace> of(PatchGrid grid, List<Integer> patches) {
        return patches.stream().map(patch -> of(grid, patch)).toList();
    }

    @Override
    public String toString() {
        return row + "," + column;
    }
}
