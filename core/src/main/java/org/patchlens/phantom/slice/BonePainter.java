package org.patchlens.phantom.slice;

import org.patchlens.phantom.anatomy.Cage;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Measures;
import org.patchlens.phantom.anatomy.Spine;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Disc;
import org.patchlens.phantom.geometry.SmoothNoise;

/// Paints the spine, the breastbone and the bones of the shoulders.
final class BonePainter {
    private static final double DISC_DENSITY = 85;

    private final Chest chest;
    private final ChestLevel level;
    private final SmoothNoise noise;
    private final double pixel;

    BonePainter(Chest chest, ChestLevel level, Texture texture, double pixel) {
        this.chest = chest;
        this.level = level;
        this.noise = texture.wall();
        this.pixel = pixel;
    }

    void paint(SliceCanvas canvas) {
        if (chest.shoulders().near(level.z())) {
            shoulders(canvas);
        }
        spine(canvas);
        breastbone(canvas);
    }

    private void shoulders(SliceCanvas canvas) {
        canvas.forEach((number, x, y) -> {
            double wall = level.cavity(x, y);
            if (wall > 4) {
                double distance = chest.shoulders().distance(level, x, y);
                double cover = Curves.cover(distance, pixel) * canvas.body(number);
                if (cover > 0) {
                    canvas.blend(number, cover, bone(x, y, distance, 1.1), Tissue.BONE);
                }
            }
        });
    }

    private void spine(SliceCanvas canvas) {
        Spine spine = chest.spine();
        double z = level.z();
        Disc bounds = new Disc(0, spine.y(z) + 18, 52);
        canvas.forEach(bounds, (number, x, y) -> {
            double canal = Curves.cover(spine.canal(x, y, z), pixel);
            canvas.blend(number, canal, -5, Tissue.SOFT_TISSUE);
            canvas.blend(number, canal * Curves.cover(spine.cord(x, y, z), pixel), 38, Tissue.SOFT_TISSUE);
        });
        canvas.fill(bounds, (x, y) -> spine.arch(x, y, z), (x, y) -> bone(x, y, spine.arch(x, y, z), 1.5), Tissue.BONE);
        boolean disc = spine.isDisc(z);
        canvas.fill(
                bounds,
                (x, y) -> spine.body(x, y, z),
                (x, y) -> disc ? DISC_DENSITY + 12 * grain(x, y) : bone(x, y, spine.body(x, y, z), 1.1),
                disc ? Tissue.SOFT_TISSUE : Tissue.BONE);
    }

    private double bone(double x, double y, double distance, double shell) {
        return Bone.density(distance, shell, chest.measures(), grain(x, y));
    }

    private double grain(double x, double y) {
        return noise.fractal(x / 2.2, y / 2.2, level.z() / 2.2, 2);
    }

    private void breastbone(SliceCanvas canvas) {
        Measures measures = chest.measures();
        double height = level.z() / measures.length();
        double half = 17 + 12 * Curves.step(42, 62, height) - 9 * Curves.step(-35, -60, height);
        double present = Math.max(-75 - height, height - 78);
        if (present > 0) {
            return;
        }
        double front = level.centreY() - level.cavity().towards(-Math.PI / 2) - Cage.RIB_LAYER / 2 - 1.5;
        SliceCanvas.Shape shape = (x, y) -> {
            double side = Math.max(Math.abs(x) - half + 4.5, 0);
            double bend = 0.004 * x * x;
            return Curves.length(side, y - front - bend) - 5.2 + Math.max(0, present + 4);
        };
        canvas.fill(new Disc(0, front, half + 8), shape, (x, y) -> bone(x, y, shape.distance(x, y), 1.0), Tissue.BONE);
    }
}
