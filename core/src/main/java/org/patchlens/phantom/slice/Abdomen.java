package org.patchlens.phantom.slice;

import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Measures;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.SmoothNoise;

/// What lies under the diaphragm: liver, stomach with gas and food, spleen, fat.
final class Abdomen {
    private final Measures measures;
    private final ChestLevel level;
    private final SmoothNoise noise;
    private final double liver;

    Abdomen(Chest chest, ChestLevel level, Texture texture) {
        this.measures = chest.measures();
        this.level = level;
        this.noise = texture.organ();
        this.liver = 58 + 8 * noise.at(0.5, 0.5, 0.5) - 0.25 * measures.fat();
    }

    Tissue tissue(double x, double y, double inner, double under) {
        return density(x, y, inner, under) < -30 ? Tissue.FAT : Tissue.ABDOMEN;
    }

    /// @param inner signed distance to the wall of the cavity
    /// @param under signed distance to the diaphragm
    double density(double x, double y, double inner, double under) {
        double grain = noise.fractal(x / 5, y / 5, level.z() / 5, 2);
        double depth = Math.max(inner + 2.5, under + 2);
        if (depth > 0) {
            return 45;
        }
        double warp = 7 * noise.at(x / 30, y / 30, level.z() / 30);
        double liverEdge =
                x - measures.halfWidth() * (0.02 + 0.5 * Curves.step(0.1, -0.75, y / measures.halfDepth())) + warp;
        if (liverEdge < 0) {
            double vessel = Curves.bump(noise.at(x / 19 + 5, y / 19, level.z() / 26), 0, 0.07);
            return liver + 7 * grain - 14 * vessel;
        }
        return left(x, y, warp, grain);
    }

    private double left(double x, double y, double warp, double grain) {
        double across = x / measures.halfWidth();
        double back = y / measures.halfDepth();
        double stomach = Curves.length((across - 0.47) / 0.3, (back + 0.25) / 0.42) - 1 + warp / 60;
        if (stomach < -0.1) {
            boolean gas = back + 0.02 * grain < -0.38;
            return gas ? -930 : 25 + 90 * Math.min(0, noise.at(x / 3, y / 3, level.z() / 3));
        }
        if (stomach < 0) {
            return 42;
        }
        double spleen = Curves.length((across - 0.74) / 0.24, (back - 0.3) / 0.42) - 1 + warp / 50;
        return spleen < 0 ? 49 + 6 * grain : -98 + 14 * grain;
    }
}
