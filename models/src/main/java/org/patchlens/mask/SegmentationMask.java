package org.patchlens.mask;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.dicom.Segmentation;
import org.patchlens.image.dicom.SlicePosition;
import org.patchlens.image.volume.Extent;
import org.patchlens.image.volume.PlaneStack;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.image.volume.Volume;
import org.patchlens.image.volume.VolumeHeader;

/// A mask that is a DICOM segmentation; the numbers of the segments are the labels. Where segments overlap, the
/// larger number wins.
final class SegmentationMask implements MaskFile {
    private final String subject;
    private final Segmentation segmentation;
    private final ImageLimits limits;
    private @Nullable Volume openImage;
    private @Nullable VolumeMask laid;

    SegmentationMask(String subject, Segmentation segmentation, ImageLimits limits) {
        this.subject = subject;
        this.segmentation = segmentation;
        this.limits = limits;
    }

    /// A picture has no place in the patient, so all frames must lie at one place.
    @Override
    public LabelMap labels(int width, int height) {
        List<Optional<SlicePosition>> places = segmentation.frames().stream()
                .map(frame -> frame.geometry().position())
                .distinct()
                .toList();
        if (width != segmentation.columns() || height != segmentation.rows() || places.size() != 1) {
            throw PatchlensException.badData(
                    subject,
                    "the segmentation has " + segmentation.columns() + " x " + segmentation.rows() + " pixels at "
                            + places.size() + " places, its image is a single picture of " + width + " x " + height,
                    "Check that the mask belongs to this image");
        }
        return LabelMap.of(picture(segmentation.frames()), subject);
    }

    @Override
    public LabelMap labels(SlicedVolume image, int frame) {
        return over(image.volume()).labels(image, frame);
    }

    /// The volume is built once for all slices of an image.
    private VolumeMask over(Volume image) {
        VolumeMask known = laid;
        if (known == null || openImage != image) {
            closeLaid();
            known = new VolumeMask(volume(image), limits);
            laid = known;
            openImage = image;
        }
        return known;
    }

    private Volume volume(Volume image) {
        SegmentationPlacement placement = SegmentationPlacement.of(subject, segmentation.frames(), image);
        Extent extent = new Extent(segmentation.columns(), segmentation.rows(), placement.slices());
        PlaneStack planes = new PlaneStack(subject, extent, slice -> picture(placement.framesOf(slice)));
        return new Volume(new VolumeHeader(subject, "DICOM segmentation", new TreeMap<>()), planes, placement.affine());
    }

    private PixelImage picture(List<Segmentation.Frame> frames) {
        float[] labels = new float[Math.multiplyExact(segmentation.columns(), segmentation.rows())];
        frames.stream()
                .sorted(Comparator.comparingInt(Segmentation.Frame::segment))
                .forEach(frame -> segmentation.mark(frame, labels));
        return PixelImage.ofFloats(segmentation.columns(), segmentation.rows(), 1, labels, 0, LabelMap.LARGEST);
    }

    @Override
    public SortedSet<Integer> values() {
        return new TreeSet<>(segmentation.labels().keySet());
    }

    @Override
    public SortedMap<Integer, String> names() {
        SortedMap<Integer, String> names = new TreeMap<>(segmentation.labels());
        names.values().removeIf(String::isEmpty);
        return names;
    }

    private void closeLaid() {
        if (laid != null) {
            laid.close();
            laid = null;
        }
    }

    @Override
    public void close() {
        closeLaid();
        segmentation.close();
    }
}
