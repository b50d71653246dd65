package org.patchlens.phantom.lesion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.patchlens.phantom.anatomy.Chest;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.SmoothNoise;
import org.patchlens.tensor.Seed;

/// Places the lesions of a patient so that every slice that will be taken meets some.
public final class Disease {
    private static final int TRIES = 4000;

    private final Chest chest;
    private final Seed seed;
    private final RandomGenerator random;
    private final List<Lesion> lesions = new ArrayList<>();

    private Disease(Chest chest, Seed seed) {
        this.chest = chest;
        this.seed = seed;
        this.random = seed.generator();
    }

    /// The lesions of a finding.
    ///
    /// @param heights of the slices that should meet them
    public static List<Lesion> of(Finding finding, Chest chest, List<Double> heights, Seed seed) {
        Disease disease = new Disease(chest, seed);
        disease.place(finding, heights);
        return List.copyOf(disease.lesions);
    }

    private void place(Finding finding, List<Double> heights) {
        switch (finding) {
            case NONE -> {}
            case GROUND_GLASS -> heights.forEach(this::groundGlass);
            case CONSOLIDATION -> heights.forEach(this::consolidation);
            case NODULES -> heights.forEach(this::nodules);
            case EFFUSION -> effusion(heights);
            case EMPHYSEMA -> heights.forEach(this::emphysema);
        }
    }

    private void groundGlass(double height) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            spot(height, 8, 24).ifPresent(centre -> {
                double size = between(13, 30);
                lesions.add(new GroundGlass(body(centre, size), noise(), between(0.42, 0.68)));
            });
        }
    }

    private void consolidation(double height) {
        spot(height, 6, 26).ifPresent(centre -> {
            double size = between(15, 30);
            lesions.add(new GroundGlass(body(centre, size * 1.25), noise(), between(0.35, 0.5)));
            lesions.add(new Consolidation(body(centre, size), noise()));
        });
    }

    private void nodules(double height) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            double radius = Math.clamp(Math.exp(1.75 + 0.35 * random.nextGaussian()), 3, 14);
            double spikes = Math.max(0, between(-0.6, 1));
            boolean calcium = random.nextDouble() < 0.15;
            spot(height, Math.min(radius, 9), 60)
                    .map(centre -> new Point(centre.x(), centre.y(), height + between(-0.3, 0.3) * radius))
                    .ifPresent(centre -> lesions.add(new Nodule(centre, radius, spikes, noise(), calcium)));
        }
    }

    private void effusion(List<Double> heights) {
        double top = heights.stream().mapToDouble(Double::doubleValue).max().orElse(0) + between(15, 45);
        boolean left = random.nextBoolean();
        lesions.add(new Effusion(left, between(38, 80), top, noise()));
        if (random.nextDouble() < 0.4) {
            lesions.add(new Effusion(!left, between(22, 40), top - between(0, 60), noise()));
        }
    }

    private void emphysema(double height) {
        int count = 2 + random.nextInt(3);
        double hole = between(4.5, 9);
        for (int i = 0; i < count; i++) {
            spot(height, 8, 60)
                    .ifPresent(centre -> lesions.add(new Emphysema(body(centre, between(22, 44)), noise(), hole)));
        }
    }

    private Ellipsoid body(Point centre, double size) {
        Point radii = new Point(size * between(0.7, 1.35), size * between(0.6, 1.1), size * between(0.8, 1.3));
        return new Ellipsoid(centre, radii, between(-1.5, 1.5));
    }

    /// A place in a lung near a height, some millimetres from its surface.
    private Optional<Point> spot(double height, double least, double most) {
        double halfWidth = chest.measures().halfWidth();
        double halfDepth = chest.measures().halfDepth();
        for (int i = 0; i < TRIES; i++) {
            Point place = new Point(between(-1, 1) * halfWidth, between(-1, 1.15) * halfDepth, height + between(-7, 7));
            double deep = -chest.lung(place.x(), place.y(), place.z());
            if (deep >= least && deep <= most) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private SmoothNoise noise() {
        return new SmoothNoise(seed.task(lesions.size()));
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
