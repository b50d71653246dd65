package org.patchlens.image.raster;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import org.patchlens.image.PixelImage;

/// The pixels of a part of an animation with their transparency.
final class Layer {
    private final PixelImage colours;
    private final int[] opacity;

    /// @param opacity of each pixel, 0 to the largest number of the colours' depth
    Layer(PixelImage colours, int[] opacity) {
        if (opacity.length != colours.width() * colours.height()) {
            throw new IllegalArgumentException(opacity.length + " opacities");
        }
        this.colours = colours;
        this.opacity = opacity;
    }

    /// What a codec decoded.
    static Layer of(BufferedImage image) {
        PixelImage colours = Samples.ofImage(image);
        Raster raster = image.getRaster();
        int pixels = raster.getWidth() * raster.getHeight();
        int most = colours.depth() == PixelImage.Depth.U16 ? 0xffff : 0xff;
        if (image.getColorModel() instanceof IndexColorModel palette) {
            int[] opacity = raster.getSamples(
                    raster.getMinX(), raster.getMinY(), raster.getWidth(), raster.getHeight(), 0, new int[pixels]);
            for (int i = 0; i < pixels; i++) {
                opacity[i] = opacity[i] < palette.getMapSize() ? palette.getAlpha(opacity[i]) : most;
            }
            return new Layer(colours, opacity);
        }
        int bands = raster.getNumBands();
        if (bands % 2 == 0) {
            int[] opacity = new int[pixels];
            raster.getSamples(
                    raster.getMinX(), raster.getMinY(), raster.getWidth(), raster.getHeight(), bands - 1, opacity);
            return new Layer(colours, opacity);
        }
        return opaque(colours);
    }

    /// Without transparency.
    static Layer opaque(PixelImage colours) {
        int[] opacity = new int[colours.width() * colours.height()];
        Arrays.fill(opacity, colours.depth() == PixelImage.Depth.U16 ? 0xffff : 0xff);
        return new Layer(colours, opacity);
    }

    PixelImage colours() {
        return colours;
    }

    /// By the number of the pixel; not copied.
    int[] opacity() {
        return opacity;
    }
}
