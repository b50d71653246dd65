package org.patchlens.image.dicom;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;

/// Times files from disk to Hounsfield units, one after the other on one thread: the Java side of
/// `benchmarks/dicom`.
///
/// Prints a line per file: milliseconds per frame (median) and the sum of the pixels, by which the other side
/// checks that both decoded the same.
public final class DicomDecodingSpeed {
    private static final int WARM_UP = 150;
    private static final int MEASURED = 101;

    private DicomDecodingSpeed() {}

    /// Times each file in turn.
    ///
    /// @param files to decode
    public static void main(String[] files) {
        for (String name : files) {
            Path path = Path.of(name);
            double sum = 0;
            for (int i = 0; i < WARM_UP; i++) {
                sum = sum(read(path));
            }
            long[] nanos = new long[MEASURED];
            for (int i = 0; i < MEASURED; i++) {
                long start = System.nanoTime();
                read(path);
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(Locale.ROOT, "%s\t%.3f\t%.1f%n", path.getFileName(), nanos[MEASURED / 2] / 1e6, sum);
        }
    }

    private static PixelImage read(Path path) {
        try (DicomFile file = new DicomReader().open(path, ImageLimits.DEFAULT)) {
            return file.read(0);
        }
    }

    private static double sum(PixelImage image) {
        double sum = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                sum += image.sample(x, y, 0);
            }
        }
        return sum;
    }
}
