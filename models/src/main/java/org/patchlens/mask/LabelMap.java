package org.patchlens.mask;

import java.util.BitSet;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.patchlens.PatchlensException;
import org.patchlens.image.PixelImage;

/// One label per pixel, `[height][width]`, row 0 at the top, 0 to 65,535; 0 is background. Immutable.
public final class LabelMap {
    /// The largest label.
    public static final int LARGEST = 0xffff;

    private final int width;
    private final int height;
    private final short[] labels;

    private LabelMap(int width, int height, short[] labels) {
        this.width = width;
        this.height = height;
        this.labels = labels;
    }

    /// Copies labels.
    ///
    /// @param labels row by row, each 0 to 65,535
    public static LabelMap of(int width, int height, int... labels) {
        if (width < 1 || height < 1 || labels.length != (long) width * height) {
            throw new IllegalArgumentException(labels.length + " labels for " + width + " x " + height + " pixels");
        }
        short[] kept = new short[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] > LARGEST) {
                throw new IllegalArgumentException("label " + labels[i]);
            }
            kept[i] = (short) labels[i];
        }
        return new LabelMap(width, height, kept);
    }

    /// The samples of an image as labels.
    ///
    /// @param image of one channel
    /// @param subject the file, for messages
    /// @throws PatchlensException if a sample is no whole number from 0 to 65,535
    public static LabelMap of(PixelImage image, String subject) {
        if (image.channels() != 1) {
            throw PatchlensException.badData(
                    subject, "the mask is in colours; a mask has one number per pixel", "Write the labels as numbers");
        }
        short[] labels = new short[image.width() * image.height()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                float value = image.sample(x, y, 0);
                int label = (int) value;
                if (label != value || label < 0 || label > LARGEST) {
                    throw PatchlensException.badData(
                            subject,
                            "the mask has the value " + value + "; labels are whole numbers from 0 to " + LARGEST,
                            "Check that this is the mask and not the image");
                }
                labels[y * image.width() + x] = (short) label;
            }
        }
        return new LabelMap(image.width(), image.height(), labels);
    }

    /// In pixels.
    public int width() {
        return width;
    }

    /// In pixels.
    public int height() {
        return height;
    }

    /// The label of a pixel.
    public int label(int x, int y) {
        return Short.toUnsignedInt(labels[y * width + x]);
    }

    /// The labels that occur, without the background.
    public NavigableSet<Integer> values() {
        BitSet seen = new BitSet();
        for (short label : labels) {
            seen.set(Short.toUnsignedInt(label));
        }
        seen.clear(0);
        NavigableSet<Integer> values = new TreeSet<>();
        seen.stream().forEach(values::add);
        return values;
    }
}
