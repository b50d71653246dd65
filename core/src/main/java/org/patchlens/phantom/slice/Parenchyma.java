package org.patchlens.phantom.slice;

import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Measures;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.SmoothNoise;

/// How dense the lungs are, without what lies in them: denser where they rest, darker in small fields, with a
/// fine line where two lobes meet.
final class Parenchyma {
    private static final double TOP = -872;
    private static final double REST = 58;

    private final Measures measures;
    private final ChestLevel level;
    private final SmoothNoise noise;
    private final double base;

    Parenchyma(Measures measures, ChestLevel level, Texture texture) {
        this.measures = measures;
        this.level = level;
        this.noise = texture.lung();
        this.base = TOP - 0.9 * measures.breath() - 12 * measures.wear() + 18 * noise.at(0.5, 0.5, 0.5);
    }

    double density(double x, double y) {
        double z = level.z();
        double resting = Curves.step(-measures.halfDepth(), 1.15 * measures.halfDepth(), y);
        double field = noise.fractal(x / 26, y / 26, z / 26, 2);
        double fine = noise.fractal(x / 3.2, y / 3.2, z / 3.2, 2);
        return base + REST * resting * resting + 20 * field + 22 * fine + fissure(x, y, z);
    }

    /// The oblique fissures fall from the back to the front; the horizontal one crosses the right lung only.
    private double fissure(double x, double y, double z) {
        double height = z / measures.length();
        double bend = 7 * noise.at(x / 45, z / 60, 3) + 9 * Math.pow(x / measures.halfWidth(), 2);
        double oblique =
                Math.abs(y / measures.halfDepth() - (0.15 + (height + 12) / 130) + bend / 60) * measures.halfDepth();
        return 150 * Curves.bump(oblique, 0, 0.75);
    }
}
