package org.patchlens.embedding;

/// The model's grid of patches over the preprocessed image; row 0, column 0 is top left, patches are numbered row
/// by row.
///
/// @param rows H, at least 1
/// @param columns W, at least 1
public record PatchGrid(int rows, int columns) {
    /// The longest side that is believed: 4,096 patches are 65,536 pixels at patch size 16.
    public static final int LARGEST_SIDE = 4096;

    public PatchGrid {
        if (rows < 1 || columns < 1 || rows > LARGEST_SIDE || columns > LARGEST_SIDE) {
            throw new IllegalArgumentException(
                    "a grid of " + rows + " x " + columns + " patches; each side is 1 to " + LARGEST_SIDE);
        }
    }

    /// P = H x W.
    public int patches() {
        return rows * columns;
    }

    /// The number of the patch at this row and column, 0 to P - 1.
    ///
    /// @throws IndexOutOfBoundsException if the patch is outside the grid
    public int patch(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException(
                    "patch " + row + "," + column + " is outside the grid of " + rows + " x " + columns);
        }
        return row * columns + column;
    }

    /// The row of a patch number.
    public int row(int patch) {
        return patch / columns;
    }

    /// The column of a patch number.
    public int column(int patch) {
        return patch % columns;
    }

    @Override
    public String toString() {
        return rows + " x " + columns;
    }
}
