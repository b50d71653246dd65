package org.patchlens.phantom.scanner;

import java.util.random.RandomGenerator;
import org.patchlens.tensor.Seed;

/// How one patient is scanned.
///
/// @param scanner of the site
/// @param dose as a share of the full one
/// @param fieldOfView side of the image, in millimetres
/// @param bodyWidth of the patient, in millimetres: noise grows with it
public record Acquisition(Scanner scanner, double dose, double fieldOfView, double bodyWidth) {
    private static final double USUAL_WIDTH = 340;
    private static final double USUAL_THICKNESS = 2.5;
    private static final double DEEP = 105;
    private static final double WIDER = 2.3;

    /// What the scanner makes of a slice: blurred and with noise.
    ///
    /// @param hounsfield `size` x `size` values, row by row
    /// @return a new image of the same size
    public float[] image(float[] hounsfield, int size, Seed seed) {
        double pixel = fieldOfView / size;
        Kernel kernel = scanner.kernel();
        float[] image = Gaussian.blurred(hounsfield, size, kernel.blur() / pixel);
        if (kernel.sharpening() > 0) {
            float[] wide = Gaussian.blurred(hounsfield, size, WIDER * kernel.blur() / pixel);
            for (int i = 0; i < image.length; i++) {
                image[i] += (float) kernel.sharpening() * (image[i] - wide[i]);
            }
        }
        addNoise(image, size, noise(size, pixel, seed));
        return image;
    }

    /// Standard deviation in the middle of the body, in Hounsfield units.
    public double noise() {
        double size = Math.exp((bodyWidth - USUAL_WIDTH) / 260);
        return scanner.noise() * size / Math.sqrt(dose * Math.min(scanner.thickness(), 4) / USUAL_THICKNESS);
    }

    private void addNoise(float[] image, int size, float[] noise) {
        double middle = (size - 1) / 2.0;
        double reach = DEEP / fieldOfView * size;
        double deviation = noise();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double out =
                        ((row - middle) * (row - middle) + (column - middle) * (column - middle)) / (reach * reach);
                image[row * size + column] +=
                        (float) (deviation * (0.5 + 0.5 * Math.exp(-out))) * noise[row * size + column];
            }
        }
    }

    /// Noise of deviation 1 without its slowest part, as filtered back projection leaves it.
    private float[] noise(int size, double pixel, Seed seed) {
        RandomGenerator random = seed.generator();
        float[] white = new float[size * size];
        for (int i = 0; i < white.length; i++) {
            white[i] = (float) random.nextGaussian();
        }
        double grain = scanner.kernel().grain() / pixel;
        float[] fine = Gaussian.blurred(white, size, grain);
        float[] coarse = Gaussian.blurred(white, size, 2.6 * Math.max(grain, 0.5));
        double squares = 0;
        for (int i = 0; i < fine.length; i++) {
            fine[i] -= 0.8f * coarse[i];
            squares += fine[i] * fine[i];
        }
        float scale = (float) (1 / Math.sqrt(squares / fine.length));
        for (int i = 0; i < fine.length; i++) {
            fine[i] *= scale;
        }
        return fine;
    }
}
