package org.patchlens.image.raster;

import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.Arrays;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;

/// The numbers that stand in a PNG, for masks: palette indices and grey levels as they are stored, neither looked
/// up nor stretched.
public final class PngLabels {
    private PngLabels() {}

    /// Reads a mask.
    ///
    /// Transparency is left out. A mask in colours counts only if red, green and blue agree everywhere.
    ///
    /// @return one channel of 16 bits
    /// @throws org.patchlens.PatchlensException if the file is damaged, beyond the limits or in colours
    public static PixelImage read(Path file, ImageLimits limits) {
        Source source = PngReader.source(file, limits);
        PngReader.Pixels pixels = PngReader.pixels(source);
        Raster raster = PngReader.CODEC.image(source, pixels.png(), 0).getRaster();
        short[] labels = new short[raster.getWidth() * raster.getHeight()];
        int[] row = new int[raster.getWidth()];
        int[] other = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
            for (int band = 1; band < 3 && raster.getNumBands() >= 3; band++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, band, other);
                if (!Arrays.equals(row, other)) {
                    throw source.unsupported(
                            "it is in colours; a mask has one number per pixel, as grey levels or with a palette");
                }
            }
            for (int x = 0; x < row.length; x++) {
                labels[y * row.length + x] = (short) row[x];
            }
        }
        return pixels.orientation().apply(PixelImage.ofShorts(raster.getWidth(), raster.getHeight(), 1, labels));
    }
}
