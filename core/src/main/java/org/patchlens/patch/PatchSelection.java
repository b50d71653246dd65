package org.patchlens.patch;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;

/// Which patches of a grid are meant, from rows and columns as they are typed.
public final class PatchSelection {
    private PatchSelection() {}

    /// The numbers of the patches, ascending, each once: those that are named and those of the region; the patch
    /// in the middle of the grid if neither is given.
    ///
    /// @param rowsAndColumns row, column, row, column, …
    /// @param region top row, left column, bottom row, right column, all inclusive; or empty
    /// @throws PatchlensException if a patch is outside the grid; the message tells its size
    public static List<Integer> of(PatchGrid grid, List<Integer> rowsAndColumns, List<Integer> region) {
        if (rowsAndColumns.size() % 2 != 0) {
            throw PatchlensException.usage(
                    "patch " + text(rowsAndColumns), "a row and a column are expected, such as 7,9", "");
        }
        List<Integer> patches = new ArrayList<>();
        for (int i = 0; i < rowsAndColumns.size(); i += 2) {
            patches.add(patch(grid, "patch", rowsAndColumns.get(i), rowsAndColumns.get(i + 1)));
        }
        addRegion(grid, region, patches);
        if (patches.isEmpty()) {
            patches.add(grid.patch(grid.rows() / 2, grid.columns() / 2));
        }
        return patches.stream().sorted().distinct().toList();
    }

    private static void addRegion(PatchGrid grid, List<Integer> region, List<Integer> patches) {
        if (region.isEmpty()) {
            return;
        }
        if (region.size() != 4 || region.get(0) > region.get(2) || region.get(1) > region.get(3)) {
            throw PatchlensException.usage(
                    "region " + text(region),
                    "top row, left column, bottom row and right column are expected, such as" + " 4,3,9,8",
                    "");
        }
        patch(grid, "region corner", region.get(0), region.get(1));
        patch(grid, "region corner", region.get(2), region.get(3));
        for (int row = region.get(0); row <= region.get(2); row++) {
            for (int column = region.get(1); column <= region.get(3); column++) {
                patches.add(grid.patch(row, column));
            }
        }
    }

    private static int patch(PatchGrid grid, String what, int row, int column) {
        if (row < 0 || row >= grid.rows() || column < 0 || column >= grid.columns()) {
            throw PatchlensException.usage(
                    what + " " + row + "," + column,
                    "is outside the grid of " + grid + " patches; rows are 0 to " + (grid.rows() - 1)
                            + ", columns 0 to " + (grid.columns() - 1),
                    "");
        }
        return grid.patch(row, column);
    }

    private static String text(List<Integer> numbers) {
        return String.join(",", numbers.stream().map(Object::toString).toList());
    }
}
