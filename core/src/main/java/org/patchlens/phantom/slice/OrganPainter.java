package org.patchlens.phantom.slice;

import java.util.List;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Mediastinum;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.Segment;
import org.patchlens.phantom.geometry.SmoothNoise;

/// Paints heart, great vessels, gullet and windpipe.
final class OrganPainter {
    private static final double BLOOD = 42;
    private static final double AIR = -985;
    private static final double AIRWAY_WALL = 25;

    private final Chest chest;
    private final ChestLevel level;
    private final SmoothNoise noise;
    private final double pixel;

    OrganPainter(Chest chest, ChestLevel level, Texture texture, double pixel) {
        this.chest = chest;
        this.level = level;
        this.noise = texture.organ();
        this.pixel = pixel;
    }

    void paint(SliceCanvas canvas) {
        Mediastinum mediastinum = chest.mediastinum();
        heart(canvas, mediastinum);
        tubes(canvas, mediastinum.gullet(), Tissue.SOFT_TISSUE, 34, 0);
        tubes(canvas, mediastinum.veins(), Tissue.VESSEL, BLOOD, 0);
        tubes(
                canvas,
                mediastinum.arteries(),
                Tissue.VESSEL,
                BLOOD + 6,
                chest.measures().wear());
        tubes(canvas, grown(mediastinum.airways(), 1.6), Tissue.SOFT_TISSUE, AIRWAY_WALL, 0);
        tubes(canvas, mediastinum.airways(), Tissue.AIRWAY, AIR, 0);
    }

    private static List<Segment> grown(List<Segment> tubes, double by) {
        return tubes.stream()
                .map(tube -> tube.withRadii(tube.fromRadius() + by, tube.toRadius() + by))
                .toList();
    }

    private void heart(SliceCanvas canvas, Mediastinum mediastinum) {
        double z = level.z();
        for (Ellipsoid chamber : level.mediastinum().chambers()) {
            canvas.forEach(chamber.shadow(), (number, x, y) -> {
                double under = chest.diaphragm().distance(x, y, z);
                double heart = Math.max(mediastinum.heart(level.mediastinum(), x, y), -under);
                double cover = Curves.cover(heart, pixel);
                if (cover > 0) {
                    double blood = Curves.step(1.5, -1.5, mediastinum.blood(level.mediastinum(), x, y));
                    double grain = noise.fractal(x / 6, y / 6, z / 6, 2);
                    canvas.blend(number, cover, Curves.mix(54, BLOOD, blood) + 5 * grain, Tissue.HEART);
                }
            });
        }
    }

    /// Tubes; hardened ones have calcium in their walls.
    private void tubes(SliceCanvas canvas, List<Segment> tubes, Tissue tissue, double density, double hard) {
        double z = level.z();
        for (Segment tube : tubes) {
            if (!tube.near(z, 0)) {
                continue;
            }
            Disc bounds = tube.shadow(z);
            canvas.fill(
                    bounds,
                    (x, y) -> tube.distance(x, y, z),
                    (x, y) -> {
                        double wall = Curves.bump(tube.distance(x, y, z), -1.3, 1);
                        double spot = Curves.step(0.62 - 0.18 * hard, 0.75, noise.at(x / 6 + 3, y / 6, z / 6));
                        return density + 4 * noise.fractal(x / 5, y / 5, z / 5, 2) + 650 * hard * wall * spot;
                    },
                    tissue);
        }
    }
}
