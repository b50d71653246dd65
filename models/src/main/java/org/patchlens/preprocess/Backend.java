package org.patchlens.preprocess;

/// Whose arithmetic the processor uses. The results differ by a step of 1/255 or 2/255 in few pixels; the model
/// was trained with one of them.
public enum Backend {
    /// torchvision on bytes: weights of 15 bits, both passes rounded to bytes. What the processors of transformers
    /// 5 do where torchvision is installed.
    TORCHVISION("torchvision"),
    /// torchvision on floats: rescaled first, never rounded. What DINOv3's processor does.
    TORCHVISION_FLOAT("torchvision in float"),
    /// Pillow on bytes: weights of 22 bits, both passes rounded to bytes.
    PILLOW("Pillow"),
    /// Pillow on bytes with torchvision's crop, which rounds half a pixel to the even one. What timm does.
    PILLOW_CROPPED_BY_TORCHVISION("Pillow, cropped by torchvision");

    private final String words;

    Backend(String words) {
        this.words = words;
    }

    /// The first resized pixel that the crop keeps; negative where the crop is larger than the image.
    int cropStart(int resized, int crop) {
        return switch (this) {
            case TORCHVISION, TORCHVISION_FLOAT -> (resized - crop) / 2;
            case PILLOW -> Math.floorDiv(resized - crop, 2);
            case PILLOW_CROPPED_BY_TORCHVISION -> (int) Math.rint((resized - crop) / 2.0);
        };
    }

    /// Whether the columns of an image of bytes are resized before its rows. Pillow 13 does so where the height
    /// loses more than twice as many pixels as the width; this was found by trying.
    boolean columnsFirst(Geometry geometry) {
        int lostRows = geometry.source().height() - geometry.resized().height();
        int lostColumns = geometry.source().width() - geometry.resized().width();
        return isPillow() && lostRows > 0 && lostRows > 2L * lostColumns;
    }

    /// Whether Pillow resizes.
    boolean isPillow() {
        return this == PILLOW || this == PILLOW_CROPPED_BY_TORCHVISION;
    }

    @Override
    public String toString() {
        return words;
    }
}
