package org.patchlens.mask;

import java.util.Locale;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.volume.Plane;
import org.patchlens.image.volume.Slice;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;

/// A mask that is a volume of labels.
final class VolumeMask implements MaskFile {
    /// The corners of mask and image may lie this far apart, as a share of a voxel.
    private static final double TOLERANCE = 0.5;

    private final Volume volume;
    private final ImageLimits limits;

    VolumeMask(Volume volume, ImageLimits limits) {
        this.volume = volume;
        this.limits = limits;
    }

    @Override
    public LabelMap labels(int width, int height) {
        Plane plane = Plane.natural(volume.extent());
        if (volume.slices(plane) != 1) {
            throw PatchlensException.badData(
                    volume.id(),
                    "the mask is a volume of " + volume.extent() + " voxels, its image is a single picture",
                    "Check that the mask belongs to this image");
        }
        return new PictureMask(volume.id(), slice(plane, 0)).labels(width, height);
    }

    @Override
    public LabelMap labels(SlicedVolume image, int frame) {
        refuseOtherPlace(image.volume());
        Slice slice = image.slice(frame);
        return slice(slice.plane(), slice.index());
    }

    private LabelMap slice(Plane plane, int index) {
        long pixels =
                (long) volume.extent().along(plane.vertical()) * volume.extent().along(plane.horizontal());
        if (pixels > Math.min(limits.pixels(), Integer.MAX_VALUE / 8)) {
            throw PatchlensException.badData(
                    volume.id(),
                    "a slice has " + pixels + " pixels, more than the limit of " + limits.pixels(),
                    "Raise --max-pixels if the file is trusted");
        }
        return LabelMap.of(volume.slice(plane, index), volume.id());
    }

    private void refuseOtherPlace(Volume image) {
        if (!volume.extent().equals(image.extent())) {
            throw PatchlensException.badData(
                    volume.id(),
                    "the mask has " + volume.extent() + " voxels, its image " + image.id() + " has " + image.extent(),
                    "Resample the mask to its image");
        }
        for (int corner = 0; corner < 8; corner++) {
            for (int axis = 0; axis < 3; axis++) {
                double apart = Math.abs(coordinate(volume, corner, axis) - coordinate(image, corner, axis));
                if (apart > TOLERANCE * image.affine().spacing(axis)) {
                    throw PatchlensException.badData(
                            volume.id(),
                            String.format(
                                    Locale.ROOT,
                                    "the mask lies %.4g mm away from its image %s, or turned against it",
                                    apart,
                                    image.id()),
                            "Give both the same orientation (sform and qform)");
                }
            }
        }
    }

    private static double coordinate(Volume volume, int corner, int axis) {
        double i = (corner & 1) * (volume.extent().first() - 1.0);
        double j = (corner >> 1 & 1) * (volume.extent().second() - 1.0);
        double k = (corner >> 2 & 1) * (volume.extent().third() - 1.0);
        return volume.affine().coordinate(axis, i, j, k);
    }

    @Override
    public void close() {
        volume.close();
    }
}
