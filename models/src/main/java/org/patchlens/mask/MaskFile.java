package org.patchlens.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.nifti.NiftiReader;
import org.patchlens.image.nifti.VolumeChoice;
import org.patchlens.image.raster.PngLabels;
import org.patchlens.image.volume.SlicedVolume;

/// An opened mask. Not safe for several threads.
public sealed interface MaskFile extends AutoCloseable permits PictureMask, VolumeMask {
    /// Opens a mask by the ending of its name: `.png`, `.nii`, `.nii.gz`, `.hdr`.
    static MaskFile open(Path file, ImageLimits limits) {
        if (!Files.isRegularFile(file)) {
            throw PatchlensException.badData(file.toString(), "there is no such mask", "");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return new PictureMask(file.toString(), LabelMap.of(PngLabels.read(file, limits), file.toString()));
        }
        if (name.endsWith(".nii") || name.endsWith(".nii.gz") || name.endsWith(".hdr")) {
            return new VolumeMask(new NiftiReader().volume(file, limits, VolumeChoice.FIRST), limits);
        }
        throw PatchlensException.badData(
                file.toString(), "the mask is of no known kind", "Use PNG or NIfTI with one number per pixel");
    }

    /// The labels over a picture.
    ///
    /// @param width of the upright image
    /// @param height of the upright image
    /// @throws PatchlensException if the mask has another shape
    LabelMap labels(int width, int height);

    /// The labels over a slice of a volume. The slice may have been resampled to square pixels; the labels are
    /// not.
    ///
    /// @throws PatchlensException if the mask has another shape or lies elsewhere in the patient
    LabelMap labels(SlicedVolume image, int frame);

    @Override
    void close();
}
