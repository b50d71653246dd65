package org.patchlens.phantom.anatomy;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Ellipsoid;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.Segment;
import org.patchlens.phantom.geometry.SmoothNoise;
import org.patchlens.tensor.Seed;

/// What lies between the lungs: the heart, the great vessels, the windpipe, the gullet, and the fat around them.
public final class Mediastinum {
    /// Reach of a level in millimetres: what is further away does not shape it.
    private static final double REACH = 14;

    private static final double ROUNDNESS = 11;
    private static final double FAT = 2.2;

    private final Measures measures;
    private final Spine spine;
    private final SmoothNoise noise;
    private final List<Ellipsoid> chambers;
    private final List<Segment> arteries = new ArrayList<>();
    private final List<Segment> veins = new ArrayList<>();
    private final List<Segment> airways = new ArrayList<>();
    private final List<Segment> gullet = new ArrayList<>();

    public Mediastinum(Measures measures, Spine spine, Seed seed) {
        this.measures = measures;
        this.spine = spine;
        this.noise = new SmoothNoise(seed.task(0));
        double size = measures.heart() * measures.halfWidth() / 122;
        chambers = List.of(
                new Ellipsoid(measures.place(0.21, -0.24, -50), new Point(55, 33, 44).times(size), -0.62),
                new Ellipsoid(measures.place(0.02, -0.44, -52), new Point(45, 25, 40).times(size), -0.24),
                new Ellipsoid(measures.place(-0.19, -0.16, -42), new Point(23, 33, 37).times(size), 0.15),
                new Ellipsoid(measures.place(0.03, 0.14, -26), new Point(35, 19, 22).times(size)));
        new GreatVessels(measures, spine, seed.task(1)).lay(arteries, veins, airways, gullet);
    }

    /// What shapes one height.
    ///
    /// @param z the height
    /// @param chambers of the heart that are near
    /// @param tubes all vessels, airways and the gullet that are near
    public record Level(double z, List<Ellipsoid> chambers, List<Segment> tubes) {}

    /// What shapes a height.
    public Level at(double z) {
        List<Segment> tubes = new ArrayList<>();
        for (List<Segment> kind : List.of(arteries, veins, airways, gullet)) {
            kind.stream().filter(tube -> tube.near(z, REACH)).forEach(tubes::add);
        }
        return new Level(
                z, chambers.stream().filter(part -> part.near(z, REACH)).toList(), tubes);
    }

    /// The signed distance to everything between the lungs, with its fat.
    public double distance(Level level, double x, double y) {
        double distance = septum(level.z(), x, y);
        for (Ellipsoid chamber : level.chambers()) {
            distance = Curves.union(distance, chamber.distance(x, y, level.z()), ROUNDNESS);
        }
        for (Segment tube : level.tubes()) {
            distance = Curves.union(distance, tube.distance(x, y, level.z()), ROUNDNESS);
        }
        distance = Curves.union(distance, spine.body(x, y, level.z()) - 2, ROUNDNESS);
        distance = Math.min(distance, Math.max(Math.abs(x) - 16, spine.y(level.z()) - y));
        return distance - FAT - 1.5 * noise.at(x / 16, y / 16, level.z() / 16);
    }

    /// The sheet between breastbone and spine where both lungs nearly touch; wide at the entrance of the chest.
    private double septum(double z, double x, double y) {
        double height = z / measures.length();
        double front = y / measures.halfDepth();
        double half = 3
                + 13 * Curves.step(30, 100, height)
                + 7 * Curves.step(-0.75, -1.0, front)
                + 10 * Curves.step(-50, -120, height);
        double middle = 4 * noise.at(0.3, front * 1.5, z / 60) + 6 * Curves.step(0, -80, height);
        return Math.abs(x - middle) - half;
    }

    /// The signed distance to the heart, its fat left out.
    public double heart(Level level, double x, double y) {
        double distance = Double.MAX_VALUE;
        for (Ellipsoid chamber : level.chambers()) {
            distance = Curves.union(distance, chamber.distance(x, y, level.z()), ROUNDNESS);
        }
        return distance + 2.5;
    }

    /// The signed distance to the blood in the heart; the rest of it is muscle.
    public double blood(Level level, double x, double y) {
        double distance = Double.MAX_VALUE;
        for (Ellipsoid chamber : level.chambers()) {
            double wall = chamber.equals(chambers.getFirst()) ? 11 : 5;
            distance = Math.min(distance, chamber.distance(x, y, level.z()) + wall);
        }
        return distance;
    }

    /// The chambers of the heart.
    public List<Ellipsoid> chambers() {
        return chambers;
    }

    /// The aorta and what leaves it.
    public List<Segment> arteries() {
        return arteries;
    }

    /// The hollow veins and the trunk of the lungs' vessels: what is not hardened by age.
    public List<Segment> veins() {
        return veins;
    }

    /// The windpipe and the main bronchi: the inside of their walls.
    public List<Segment> airways() {
        return airways;
    }

    /// The gullet.
    public List<Segment> gullet() {
        return gullet;
    }
}
