package org.patchlens.image.volume;

import org.patchlens.image.PixelImage;

/// The voxels of one volume as a file or a series stores them: axis 0 fastest, axis 2 slowest. Not safe for
/// several threads.
public interface StoredVoxels extends AutoCloseable {
    /// The number of voxels along the stored axes.
    Extent extent();

    /// The voxels at one index of one axis: of the two other axes the lower one runs along the columns of the
    /// picture, the higher one down its rows. Black and white are the display range of the whole volume.
    ///
    /// @param axis 0 to 2
    /// @param index 0 to `extent().along(axis) - 1`
    /// @throws org.patchlens.PatchlensException if the voxels are damaged
    PixelImage plane(int axis, int index);

    @Override
    void close();
}
