package org.patchlens.phantom.anatomy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.Segment;
import org.patchlens.tensor.Seed;

/// What runs through the lungs: arteries with bronchi beside them, and veins.
public final class Lungs {
    private static final int PLACES = 2000;
    private static final double SMALLEST_BRONCHUS = 0.62;

    private final List<Segment> vessels = new ArrayList<>();
    private final List<Segment> bronchi = new ArrayList<>();

    /// Says which places lie in the lungs.
    @FunctionalInterface
    interface Space {
        /// Whether a place lies in a lung, some millimetres from its surface.
        boolean contains(double x, double y, double z);
    }

    Lungs(Measures measures, Space space, Seed seed) {
        double size = measures.halfWidth() / 122;
        for (int side = 0; side < 2; side++) {
            boolean left = side == 1;
            Seed own = seed.task(side);
            Point hilum = GreatVessels.hilum(measures, left);
            List<Segment> arteries =
                    LungTree.grow(hilum, places(measures, space, left, own.task(0)), 6.0 * size, own.task(1));
            vessels.addAll(arteries);
            double across = left ? 0.26 : -0.26;
            vessels.addAll(LungTree.grow(
                    measures.place(across, 0.12, -26),
                    places(measures, space, left, own.task(2)),
                    5.4 * size,
                    own.task(3)));
            arteries.stream()
                    .filter(artery -> artery.toRadius() > SMALLEST_BRONCHUS)
                    .forEach(this::addBronchus);
        }
    }

    /// The inside of the bronchus runs beside its artery, a little narrower.
    private void addBronchus(Segment artery) {
        double inside = artery.fromRadius() * 0.78;
        Point beside = new Point(0.6, 0.75, -0.25).times(artery.fromRadius() + inside + 1.1);
        bronchi.add(
                new Segment(artery.from().plus(beside), artery.to().plus(beside), inside, artery.toRadius() * 0.78));
    }

    private static List<Point> places(Measures measures, Space space, boolean left, Seed seed) {
        RandomGenerator random = seed.generator();
        List<Point> places = new ArrayList<>(PLACES);
        while (places.size() < PLACES) {
            double x = random.nextDouble() * measures.halfWidth();
            double y = (2 * random.nextDouble() - 1) * 1.2 * measures.halfDepth();
            double z = (random.nextDouble() * 270 - 155) * measures.length();
            if (space.contains(left ? x : -x, y, z)) {
                places.add(new Point(left ? x : -x, y, z));
            }
        }
        return places;
    }

    /// Arteries and veins, from the hilum to the smallest that are drawn.
    public List<Segment> vessels() {
        return vessels;
    }

    /// The inside of the bronchi.
    public List<Segment> bronchi() {
        return bronchi;
    }
}
