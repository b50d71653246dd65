package org.patchlens.phantom.anatomy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.Segment;
import org.patchlens.tensor.Seed;

/// The courses of the large tubes between the lungs, each with a little of its own.
final class GreatVessels {
    private static final double SPREAD = 1.6;

    private final Measures measures;
    private final Spine spine;
    private final RandomGenerator random;
    private final double width;

    GreatVessels(Measures measures, Spine spine, Seed seed) {
        this.measures = measures;
        this.spine = spine;
        this.random = seed.generator();
        this.width = measures.halfWidth() / 122 * (1 + 0.05 * random.nextGaussian());
    }

    /// Adds all of them to the four lists.
    void lay(List<Segment> arteries, List<Segment> veins, List<Segment> airways, List<Segment> gullet) {
        aorta(arteries);
        branches(arteries);
        veins(veins);
        pulmonary(veins);
        airways(airways);
        tube(
                gullet,
                5.5,
                behind(0.04, -17, 125),
                behind(0.05, -21, 60),
                behind(0.03, -21, 0),
                behind(0.08, -24, -70),
                behind(0.14, -30, -130));
    }

    private void aorta(List<Segment> arteries) {
        double radius = 13.5 * (1 + 0.16 * measures.wear());
        tube(
                arteries,
                radius,
                at(-0.01, -0.28, -24),
                at(-0.08, -0.34, 8),
                at(-0.08, -0.26, 32),
                at(0, -0.08, 44),
                at(0.1, 0.16, 46),
                behind(0.18, -14, 36));
        tube(
                arteries,
                radius * 0.84,
                behind(0.18, -14, 36),
                behind(0.19, -9, 5),
                behind(0.17, -11, -40),
                behind(0.12, -19, -90),
                behind(0.06, -25, -160));
    }

    private void branches(List<Segment> arteries) {
        tube(arteries, 6, at(-0.03, -0.12, 46), at(-0.13, -0.08, 72), at(-0.22, -0.02, 120));
        tube(arteries, 3.8, at(0.06, 0.02, 48), at(0.13, 0.02, 78), at(0.16, 0.04, 125));
        tube(arteries, 4.8, at(0.13, 0.18, 48), at(0.2, 0.22, 76), at(0.3, 0.2, 108), at(0.6, 0.1, 118));
    }

    private void veins(List<Segment> veins) {
        tube(veins, 8.5, at(-0.2, -0.12, -20), at(-0.21, -0.16, 20), at(-0.21, -0.2, 62));
        tube(veins, 6.2, at(-0.21, -0.2, 62), at(-0.3, -0.2, 95), at(-0.55, -0.1, 118));
        tube(veins, 5.6, at(-0.2, -0.22, 58), at(0.02, -0.34, 66), at(0.22, -0.26, 84), at(0.5, -0.1, 114));
        tube(veins, 11, at(-0.2, 0.1, -150), at(-0.18, 0.05, -90), at(-0.15, -0.02, -62));
        tube(veins, 3.2, behind(-0.05, -17, -150), behind(-0.06, -16, 20), at(-0.18, 0, 34));
    }

    private void pulmonary(List<Segment> veins) {
        tube(veins, 13, at(0.15, -0.4, -22), at(0.17, -0.3, 0), at(0.17, -0.14, 12));
        tube(veins, 10.5, at(0.17, -0.16, 12), at(0.27, 0.05, 14), hilum(true).plus(new Point(0, 0, 8)));
        tube(veins, 10.5, at(0.15, -0.16, 8), at(-0.08, -0.02, 4), hilum(false).plus(new Point(0, -4, 2)));
        for (int side = -1; side <= 1; side += 2) {
            tube(veins, 6.5, at(0.06 * side, 0.1, -22), at(0.26 * side, 0.08, -18));
            tube(veins, 5.5, at(0.06 * side, 0.16, -34), at(0.28 * side, 0.26, -40));
        }
    }

    private void airways(List<Segment> airways) {
        Point carina = behind(0, -24, 20);
        tube(airways, measures.sex() == Sex.MALE ? 8.6 : 7.4, at(-0.01, 0.14, 140), at(-0.02, 0.22, 60), carina);
        tube(airways, 6.2, carina, hilum(false).plus(new Point(4, 6, -6)));
        tube(airways, 5.4, carina, at(0.17, 0.3, 4), hilum(true).plus(new Point(-2, 5, -12)));
    }

    /// Where vessels and bronchi enter a lung.
    Point hilum(boolean left) {
        return hilum(measures, left);
    }

    static Point hilum(Measures measures, boolean left) {
        return left ? measures.place(0.35, 0.2, 0) : measures.place(-0.33, 0.16, -4);
    }

    private Point at(double acrossShare, double backShare, double height) {
        Point place = measures.place(acrossShare, backShare, height);
        return new Point(
                place.x() + SPREAD * random.nextGaussian(), place.y() + SPREAD * random.nextGaussian(), place.z());
    }

    /// A place given by its distance from the spine, in millimetres to the back.
    private Point behind(double acrossShare, double fromSpine, double height) {
        Point place = at(acrossShare, 0, height);
        return new Point(place.x(), place.y() + spine.y(place.z()) + fromSpine * width, place.z());
    }

    private void tube(List<Segment> into, double radius, Point... course) {
        for (int i = 0; i + 1 < course.length; i++) {
            into.add(new Segment(course[i], course[i + 1], radius * width, radius * width));
        }
    }
}
