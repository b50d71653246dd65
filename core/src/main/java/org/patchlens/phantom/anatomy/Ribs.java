package org.patchlens.phantom.anatomy;

import org.patchlens.phantom.geometry.Contour;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.tensor.Seed;

/// Twelve pairs of ribs that run around the cavity from the spine, down and to the front, where they become
/// cartilage: a slice cuts each at another place of its course.
public final class Ribs {
    private static final int PAIRS = 12;
    private static final double FIRST = 112;
    private static final double SPACING = 21.5;
    private static final double CARTILAGE = 2.25;
    private static final double FRONT_END = 2.9;
    private static final double FLOATING_END = 1.5;
    private static final double BACK_END = 0.16;
    private static final double HALF_HEIGHT = 6.2;
    private static final double HALF_THICKNESS = 3.9;

    private final Measures measures;
    private final double shift;

    /// The ribs at one height.
    ///
    /// @param along distance of the nearest rib along the wall, as a share of its half height, for each direction
    /// @param cartilage 1 where that rib is cartilage, else 0
    public record Level(Contour along, Contour cartilage) {
        /// The signed distance to the nearest rib, in millimetres.
        ///
        /// @param bin the direction, see [Contour#bin]
        /// @param beyond from the cavity outwards, in millimetres
        public double distance(double bin, double beyond) {
            double across = (beyond - Cage.RIB_LAYER / 2) / HALF_THICKNESS;
            double share = along.at(bin);
            return (Math.sqrt(share * share + across * across) - 1) * HALF_THICKNESS;
        }

        /// Whether the nearest rib is cartilage there.
        public boolean isCartilage(double bin) {
            return cartilage.at(bin) > 0.5;
        }
    }

    public Ribs(Measures measures, Seed seed) {
        this.measures = measures;
        this.shift = SPACING * (seed.generator().nextDouble() - 0.5);
    }

    /// The ribs that a slice meets.
    public Level at(double z) {
        double height = z / measures.length();
        return new Level(
                Contour.of(angle -> share(nearest(height, angle), height, angle)),
                Contour.of(angle -> fromBack(angle) > CARTILAGE + 0.02 * (nearest(height, angle) - 5) ? 1 : 0));
    }

    private int nearest(double height, double angle) {
        int best = 0;
        for (int rib = 1; rib < PAIRS; rib++) {
            if (share(rib, height, angle) < share(best, height, angle)) {
                best = rib;
            }
        }
        return best;
    }

    /// The distance of a rib along the wall as a share of its half height; grows beyond the ends of the rib.
    private double share(int rib, double height, double angle) {
        double course = fromBack(angle);
        double end = rib >= 10 ? FLOATING_END - 0.35 * (rib - 10) : FRONT_END - 0.03 * rib;
        double beyond = Math.max(Math.max(course - end, BACK_END - course), 0) * measures.halfWidth();
        double drop = 42 + 3.5 * rib;
        double climb = rib > 4 ? 26 * Curves.step(CARTILAGE, FRONT_END, course) : 0;
        double centre = FIRST + shift - SPACING * rib - drop * Curves.step(-0.5, 2.6, course) + climb;
        double tilt = drop / 3.1 * 1.4 / measures.halfWidth();
        double away = Math.abs(height - centre) / Math.sqrt(1 + tilt * tilt);
        return Curves.length(away, beyond) / HALF_HEIGHT;
    }

    private static double fromBack(double angle) {
        double back = Math.abs(angle - Math.PI / 2);
        return Math.min(back, 2 * Math.PI - back);
    }
}
