package org.patchlens.phantom.anatomy;

import java.util.random.RandomGenerator;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.tensor.Seed;

/// The two domes under the lungs: the liver lies in the right one, stomach and spleen in the left one.
public final class Diaphragm {
    private static final double DEPTH = 66;

    private final Measures measures;
    private final double right;
    private final double left;

    public Diaphragm(Measures measures, Seed seed) {
        RandomGenerator random = seed.generator();
        this.measures = measures;
        this.right = -66 - measures.breath() + 4 * random.nextGaussian();
        this.left = right - 10 + 5 * random.nextGaussian();
    }

    /// The signed distance in the plane to what lies under the domes, negative below; close near the surface.
    public double distance(double x, double y, double z) {
        double height = z / measures.length();
        return Math.min(below(x, y, height, -0.46, right), below(x, y, height, 0.47, left));
    }

    private double below(double x, double y, double height, double across, double top) {
        double outX = (x - across * measures.halfWidth()) / (0.66 * measures.halfWidth());
        double outY = (y + 0.22 * measures.halfDepth()) / (1.02 * measures.halfDepth());
        double out = Curves.length(outX, outY);
        double surface = top - DEPTH * out * out * Curves.mix(0.8, 1, Math.min(out, 1));
        double slope = 2 * DEPTH * Math.max(out, 0.15) / (0.75 * measures.halfWidth());
        return (height - surface) / slope;
    }
}
