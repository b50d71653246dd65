package org.patchlens.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;
import org.patchlens.study.ExtractedImage;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;

/// Holds tokens of a lower precision against those in 32-bit floats, on the first images of an extraction, before
/// anything is written.
final class PrecisionGate {
    /// Below it nearest neighbours and probes begin to change.
    static final double LEAST_COSINE = 0.98;

    /// How many images are compared: one may be exceptional.
    private static final int IMAGES = 4;

    private final Numerics numerics;
    private final List<Layer> layers;

    PrecisionGate(Numerics numerics, List<Layer> layers) {
        this.numerics = numerics;
        this.layers = layers;
    }

    /// Compares.
    ///
    /// @param exact computes in 32-bit floats
    /// @param rounded computes in the precision that was asked for
    /// @return empty if none of the batches has an image that can be read
    /// @throws PatchlensException if they differ too much and nobody insists
    Optional<PrecisionAgreement> check(List<Batch> batches, Workbench exact, Workbench rounded)
            throws InterruptedException {
        Sums sums = new Sums(layers.size());
        for (Batch batch : batches) {
            if (sums.images >= IMAGES) {
                break;
            }
            sums.add(exact.process(batch).images(), rounded.process(batch).images());
        }
        if (sums.images == 0) {
            return Optional.empty();
        }
        PrecisionAgreement agreement = sums.agreement(numerics, layers);
        if (!(agreement.cosine() >= LEAST_COSINE) && !numerics.forced()) {
            throw PatchlensException.gateFailed(
                    "precision " + numerics.precision(),
                    String.format(
                            Locale.ROOT,
                            "tokens at layer %s have a cosine of %.4f with those in 32-bit floats, and at least %.2f is"
                                    + " expected",
                            agreement.layer(),
                            agreement.cosine(),
                            LEAST_COSINE),
                    "Leave out --precision, or insist with --force-precision");
        }
        return Optional.of(agreement);
    }

    private static final class Sums {
        private final List<Double> cosines = new ArrayList<>();
        private double lowest = 1;
        private long tokens;
        private int images;

        Sums(int layers) {
            for (int i = 0; i < layers; i++) {
                cosines.add(0.0);
            }
        }

        void add(List<ExtractedImage> exact, List<ExtractedImage> rounded) {
            for (int i = 0; i < exact.size(); i++) {
                add(exact.get(i), rounded.get(i));
            }
        }

        private void add(ExtractedImage exact, ExtractedImage rounded) {
            for (int layer = 0; layer < cosines.size(); layer++) {
                FloatMatrix a = exact.tokens().get(layer);
                FloatMatrix b = rounded.tokens().get(layer);
                double sum = cosines.get(layer);
                for (int token = 0; token < a.rows(); token++) {
                    double cosine = cosine(a, b, token);
                    sum += cosine;
                    lowest = Math.min(lowest, cosine);
                }
                cosines.set(layer, sum);
            }
            tokens += exact.tokens().getFirst().rows();
            images++;
        }

        PrecisionAgreement agreement(Numerics numerics, List<Layer> layers) {
            int worst = 0;
            for (int layer = 1; layer < cosines.size(); layer++) {
                worst = cosines.get(layer) < cosines.get(worst) ? layer : worst;
            }
            return new PrecisionAgreement(
                    numerics.precision(),
                    images,
                    cosines.get(worst) / tokens,
                    layers.get(worst).toString(),
                    lowest);
        }
    }

    /// Two tokens of zeros alone are the same; one is as far from any other as can be.
    private static double cosine(FloatMatrix a, FloatMatrix b, int token) {
        double norms = (double) Kernels.norm(a, token) * Kernels.norm(b, token);
        if (norms == 0) {
            return a.row(token).equals(b.row(token)) ? 1 : 0;
        }
        return Kernels.dot(a, token, b, token) / norms;
    }
}
