package org.patchlens.phantom.slice;

import org.patchlens.phantom.anatomy.Cage;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.anatomy.ChestLevel;
import org.patchlens.phantom.anatomy.Ribs;
import org.patchlens.phantom.anatomy.Tissue;
import org.patchlens.phantom.geometry.Contour;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.SmoothNoise;

/// Paints from the air inwards: skin, fat, muscles, ribs, and the cavity with lungs, fat and what lies under the
/// diaphragm.
final class WallPainter {
    private static final double AIR = -1000;
    private static final double SKIN = 15;
    private static final double FAT = -104;
    private static final double MUSCLE = 52;
    private static final double CARTILAGE = 95;

    private final Chest chest;
    private final ChestLevel level;
    private final SmoothNoise noise;
    private final double pixel;
    private final Contour muscles;
    private final Contour skin;
    private final Ribs.Level ribs;
    private final Abdomen abdomen;
    private final Parenchyma parenchyma;

    WallPainter(Chest chest, ChestLevel level, Texture texture, double pixel) {
        this.chest = chest;
        this.level = level;
        this.noise = texture.wall();
        this.pixel = pixel;
        this.muscles = chest.muscles(level);
        this.skin = chest.cage().skin(level.z(), muscles);
        this.ribs = chest.ribs().at(level.z());
        this.abdomen = new Abdomen(chest, level, texture);
        this.parenchyma = new Parenchyma(chest.measures(), level, texture);
    }

    void paint(SliceCanvas canvas) {
        canvas.forEach((number, x, y) -> {
            canvas.blend(number, 1, AIR, Tissue.BACKGROUND);
            double outward = y - level.centreY();
            double radius = Curves.length(x, outward);
            double bin = Contour.bin(Math.atan2(outward, x));
            double outside = radius - skin.at(bin);
            if (outside < pixel) {
                wall(canvas, number, new Place(x, y, radius, bin, outside));
            }
        });
    }

    /// A pixel of the body.
    ///
    /// @param x in the patient
    /// @param y in the patient
    /// @param radius from the middle of the cavity
    /// @param bin its direction, see [Contour#bin]
    /// @param outside signed distance to the skin
    private record Place(double x, double y, double radius, double bin, double outside) {}

    private void wall(SliceCanvas canvas, int number, Place place) {
        canvas.blend(number, Curves.cover(place.outside(), pixel), SKIN, Tissue.FAT);
        canvas.blend(number, Curves.cover(place.outside() + 1.6, pixel), fat(place), Tissue.FAT);
        double beyondMuscle = place.radius() - muscles.at(place.bin());
        double inner = place.radius() - level.cavity().at(place.bin());
        if (beyondMuscle < pixel) {
            canvas.blend(number, Curves.cover(beyondMuscle, pixel), muscle(place, inner), Tissue.SOFT_TISSUE);
        }
        if (inner < Cage.RIB_LAYER + pixel && inner > -pixel) {
            rib(canvas, number, place, inner);
        }
        if (inner < pixel) {
            cavity(canvas, number, place, inner);
        }
    }

    /// Fat with strands; in the breast with gland.
    private double fat(Place place) {
        double x = place.x();
        double y = place.y();
        double strand = noise.fractal(x / 9, y / 9, level.z() / 9, 3);
        double angle = Contour.angle((int) place.bin());
        double breast = chest.cage().breast(angle, level.z() / chest.measures().length());
        double gland = breast > 4 && place.outside() < -5
                ? 105
                        * Curves.step(0.02, 0.3, strand)
                        * Curves.step(4, 14, breast)
                        * (1 - 0.6 * chest.measures().wear())
                : 0;
        return FAT
                + 7 * strand
                + gland
                + 45 * Curves.bump(Math.abs(noise.at(x / 14, y / 14, level.z() / 20)), 0, 0.035);
    }

    /// Muscles in sheets with fat between them.
    private double muscle(Place place, double inner) {
        double x = place.x();
        double y = place.y();
        double warp = 2.5 * noise.at(x / 17, y / 17, level.z() / 25);
        double sheet = (inner - Cage.RIB_LAYER + warp) / 10.5;
        double nearSheet = Math.abs(sheet - Math.rint(sheet)) * 10.5;
        double gap = inner > Cage.RIB_LAYER + 2 && sheet > 0.5 ? Curves.bump(nearSheet, 0, 1.1) : 0;
        double open = Curves.step(-0.05, 0.4, noise.at(x / 22 + 7, y / 22, level.z() / 30));
        double streak = noise.fractal(x / 4, y / 4, level.z() / 12, 2);
        return Curves.mix(MUSCLE + 9 * streak, FAT + 20, 0.7 * gap * open);
    }

    private void rib(SliceCanvas canvas, int number, Place place, double inner) {
        double between = place.radius() - level.cavity().at(place.bin()) < 2 ? 20 : 40;
        canvas.blend(number, Curves.cover(Math.abs(inner - 8.8) - 0.7, pixel) * 0.7, FAT + 30, Tissue.FAT);
        double distance = ribs.distance(place.bin(), inner);
        if (distance > 2.5) {
            return;
        }
        boolean cartilage = ribs.isCartilage(place.bin());
        canvas.blend(number, Curves.cover(distance - 1, pixel), between, Tissue.SOFT_TISSUE);
        double density = cartilage
                ? CARTILAGE + 25 * noise.at(place.x() / 3, place.y() / 3, level.z() / 3)
                : Bone.density(
                        distance,
                        1.3,
                        chest.measures(),
                        noise.fractal(place.x() / 2.4, place.y() / 2.4, level.z() / 2.4, 2));
        canvas.blend(number, Curves.cover(distance, pixel), density, cartilage ? Tissue.SOFT_TISSUE : Tissue.BONE);
    }

    private void cavity(SliceCanvas canvas, int number, Place place, double inner) {
        double cover = Curves.cover(inner, pixel);
        double x = place.x();
        double y = place.y();
        double under = chest.diaphragm().distance(x, y, level.z());
        double lung = level.lung(inner, x, y);
        double fat = FAT + 12 + 14 * noise.fractal(x / 7, y / 7, level.z() / 7, 2);
        canvas.blend(number, cover, fat, Tissue.FAT);
        if (under < pixel) {
            canvas.blend(
                    number,
                    cover * Curves.cover(under, pixel),
                    abdomen.density(x, y, inner, under),
                    abdomen.tissue(x, y, inner, under));
        }
        double share = Curves.cover(lung, pixel);
        if (share > 0) {
            canvas.setLung(number, share);
            canvas.blend(number, share, parenchyma.density(x, y), Tissue.LUNG);
        }
    }
}
