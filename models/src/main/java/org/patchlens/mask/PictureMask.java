package org.patchlens.mask;

import org.patchlens.PatchlensException;
import org.patchlens.image.volume.SlicedVolume;

/// A mask that is a picture.
///
/// @param subject the file, for messages
/// @param labels of the picture
record PictureMask(String subject, LabelMap labels) implements MaskFile {
    /// A mask may be finer or coarser than its image if it has the same shape to within a pixel of either.
    @Override
    public LabelMap labels(int width, int height) {
        double byWidth = (double) labels.width() / width;
        double byHeight = (double) labels.height() / height;
        double oneHeight = Math.max(1, byWidth);
        boolean sameShape = Math.abs(height * byWidth - labels.height()) <= oneHeight
                || Math.abs(width * byHeight - labels.width()) <= Math.max(1, byHeight);
        if (!sameShape) {
            throw PatchlensException.badData(
                    subject,
                    "the mask has " + labels.width() + " x " + labels.height() + " pixels, its image has " + width
                            + " x " + height + ", which is another shape",
                    "Check that the mask belongs to this image");
        }
        return labels;
    }

    @Override
    public LabelMap labels(SlicedVolume image, int frame) {
        return labels(image.sliceWidth(), image.sliceHeight());
    }

    @Override
    public void close() {
        // The file was read whole.
    }
}
