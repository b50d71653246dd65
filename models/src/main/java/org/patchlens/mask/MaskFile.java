package org.patchlens.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.dicom.Segmentation;
import org.patchlens.image.nifti.NiftiReader;
import org.patchlens.image.nifti.VolumeChoice;
import org.patchlens.image.raster.PngLabels;
import org.patchlens.image.volume.SlicedVolume;

/// An opened mask. Not safe for several threads.
public sealed interface MaskFile extends AutoCloseable permits PictureMask, VolumeMask, SegmentationMask {
    /// Opens a mask by the ending of its name: `.png`, `.nii`, `.nii.gz`, `.hdr`, `.dcm`.
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
        if (name.endsWith(".dcm")) {
            return new SegmentationMask(file.toString(), Segmentation.open(file, limits), limits);
        }
        throw PatchlensException.badData(
                file.toString(),
                "the mask is of no known kind",
                "Use PNG or NIfTI with one number per pixel, or a DICOM segmentation");
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

    /// The labels that occur anywhere in the mask, or that it describes, without the background.
    SortedSet<Integer> values();

    /// What the file itself calls its labels; those that it does not name are left out.
    default SortedMap<Integer, String> names() {
        return Collections.emptySortedMap();
    }

    @Override
    void close();
}
