package org.patchlens.phantom.anatomy;

import org.patchlens.phantom.geometry.Contour;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.SmoothNoise;
import org.patchlens.tensor.Seed;

/// The wall of the chest in layers around the cavity: ribs, muscles, fat, skin.
///
/// Every layer is a [Contour] around [#centreY], at any height.
public final class Cage {
    /// From the cavity to the outside of the ribs, in millimetres.
    public static final double RIB_LAYER = 10;

    /// How much of the depth of the back remains when it lies.
    private static final double FLAT = 0.95;

    private static final double APEX = 118;
    private static final double SHOULDER = 20;
    private static final double ROUNDNESS = 2.25;
    private static final double BACK = Math.PI / 2;

    private final Measures measures;
    private final SmoothNoise noise;

    public Cage(Measures measures, Seed seed) {
        this.measures = measures;
        this.noise = new SmoothNoise(seed);
    }

    /// How far behind the origin the middle of the cavity lies: it follows the spine to the back in the upper
    /// chest.
    public double centreY(double z) {
        double height = z / measures.length();
        return measures.halfDepth() * (0.03 + 0.12 * Curves.step(40, 110, height))
                - 0.3 * measures.kyphosis() * Curves.bump(height, 90, 60);
    }

    /// The surface of the cavity, inside of the ribs.
    public Contour cavity(double z) {
        double height = z / measures.length();
        double narrowing = height < SHOULDER ? 0 : Math.min(1, (height - SHOULDER) / (APEX - SHOULDER));
        double shrink = Math.sqrt(Math.max(0.06, 1 - 0.9 * narrowing * narrowing));
        double width = measures.halfWidth()
                * shrink
                * (1 - 0.05 * Curves.step(-60, 20, height))
                * (1 - 0.06 * Curves.step(-90, -150, height));
        double depth = measures.halfDepth() * Curves.mix(1, 0.62, Curves.step(20, 115, height));
        return Contour.of(angle -> {
            double across = Math.abs(Math.cos(angle)) / width;
            double along = Math.abs(Math.sin(angle)) / depth;
            double radius = Math.pow(Math.pow(across, ROUNDNESS) + Math.pow(along, ROUNDNESS), -1 / ROUNDNESS);
            return radius * (1 + 0.025 * around(angle, 1.6, z / 70)) * front(angle, height) * gutter(angle);
        });
    }

    /// The front wall is flatter than the back wall.
    private static double front(double angle, double height) {
        return 1 - 0.09 * Curves.bump(angle, -BACK, 0.55) * Curves.step(-110, -40, height);
    }

    /// The lungs reach to the back beside the spine.
    private static double gutter(double angle) {
        return 1 + 0.1 * Curves.bump(fromBack(angle), 0.62, 0.42);
    }

    private static double fromBack(double angle) {
        double back = Math.abs(angle - BACK);
        return Math.min(back, 2 * Math.PI - back);
    }

    /// The outside of the muscles.
    public Contour muscles(double z, Contour cavity) {
        double height = z / measures.length();
        Contour free =
                Contour.of(angle -> cavity.towards(angle) + RIB_LAYER + measures.muscle() * muscle(angle, height, z));
        return lyingFlat(free, FLAT);
    }

    private double muscle(double angle, double height, double z) {
        double fromBack = fromBack(angle);
        double spinal = 20 * Curves.bump(fromBack, 0.2, 0.42);
        double latissimus = 11 * Curves.bump(fromBack, 0.95, 0.42) * Curves.step(-140, -20, height)
                + 16 * Curves.bump(fromBack, 0.85, 0.5) * Curves.step(-20, 60, height);
        double pectoral = 13 * Curves.bump(fromBack, 2.45, 0.42) * Curves.step(0, 50, height);
        double shoulder = 62 * Curves.bump(fromBack, 1.45, 0.62) * Curves.step(48, 112, height);
        return 3.5 + spinal + latissimus + pectoral + shoulder + 2 * around(angle, 3, z / 45);
    }

    /// Presses the back flat, as it lies on the table.
    private static Contour lyingFlat(Contour free, double flatness) {
        double depth = 0;
        for (int bin = 0; bin < Contour.BINS; bin++) {
            depth = Math.max(depth, free.at(bin) * Math.sin(Contour.angle(bin)));
        }
        double table = depth * flatness;
        return Contour.of(angle -> {
            double down = Math.sin(angle);
            double radius = free.towards(angle);
            return down < 0.05 ? radius : Curves.union(radius, table / down, 14);
        });
    }

    /// The skin.
    public Contour skin(double z, Contour muscles) {
        double height = z / measures.length();
        double neck = Curves.mix(1, 0.55, Curves.step(40, 100, height));
        Contour free = Contour.of(angle -> muscles.towards(angle)
                + measures.fat() * neck * fatShare(angle, height)
                + breast(angle, height)
                + 1.5
                + 2 * around(angle, 2.4, z / 60 + 9));
        return lyingFlat(free, FLAT + 0.01);
    }

    private double fatShare(double angle, double height) {
        double fromBack = fromBack(angle);
        double belly = 0.7 * Curves.bump(fromBack, Math.PI, 0.9) * Curves.step(-60, -130, height);
        double flank = 0.5 * Curves.bump(fromBack, 1.3, 0.6);
        return Math.max(
                0.3,
                0.75
                        + flank
                        + belly
                        - 0.35 * Curves.bump(fromBack, Math.PI, 0.35)
                        - 0.3 * Curves.bump(fromBack, 0, 0.25));
    }

    /// What the breasts add, lying flat.
    public double breast(double angle, double height) {
        if (measures.sex() == Sex.MALE) {
            return 0;
        }
        double front = Math.abs(angle + BACK);
        double fromFront = Math.min(front, 2 * Math.PI - front);
        double size = 16 + 0.9 * measures.fat();
        return size * Curves.bump(fromFront, 0.78, 0.34) * Curves.bump(height, -28, 48);
    }

    private double around(double angle, double detail, double height) {
        return noise.at(Math.cos(angle) * detail + 31, Math.sin(angle) * detail, height);
    }
}
