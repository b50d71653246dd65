package org.patchlens.server.rest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.server.study.OpenStudy;

/// A patch of an image.
///
/// @param image in the study
/// @param row in the grid
/// @param column in the grid
record PatchPlace(int image, int row, int column) {
    /// Reads triples of image, row and column.
    ///
    /// @throws PatchlensException if one is no patch of the study
    static List<PatchPlace> all(OpenStudy open, @Nullable List<List<Integer>> triples, int most) {
        if (triples == null || triples.isEmpty() || triples.size() > most) {
            throw PatchlensException.usage(
                    "patches",
                    "1 to " + most + " triples of image, row and column are expected; "
                            + (triples == null ? 0 : triples.size()) + " were given",
                    "");
        }
        List<PatchPlace> places = new ArrayList<>();
        PatchGrid grid = open.study().manifest().grid();
        for (List<Integer> triple : triples) {
            places.add(one(open, grid, triple));
        }
        return places;
    }

    private static PatchPlace one(OpenStudy open, PatchGrid grid, @Nullable List<Integer> triple) {
        if (triple == null || triple.size() != 3 || triple.contains(null)) {
            throw PatchlensException.usage("patches", "three numbers are expected for each; " + triple, "");
        }
        int image = Parameters.existing(open, triple.get(0));
        int row = triple.get(1);
        int column = triple.get(2);
        if (row < 0 || row >= grid.rows() || column < 0 || column >= grid.columns()) {
            throw PatchlensException.usage(
                    "patch " + row + "," + column, "is outside the grid of " + grid + " patches", "");
        }
        return new PatchPlace(image, row, column);
    }

    /// The number of the patch in its grid.
    int patch(PatchGrid grid) {
        return grid.patch(row, column);
    }
}
