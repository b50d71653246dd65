package org.patchlens.phantom.anatomy;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.Segment;

/// The bones around the upper chest: shoulder blades behind the ribs, collarbones before them, and the heads of
/// the arms.
public final class Shoulders {
    private static final double TIP = -18;
    private static final double TOP = 112;
    private static final double BEHIND_RIBS = 6.5;

    private final Measures measures;
    private final List<Segment> collarbones = new ArrayList<>();
    private final List<Point> heads = new ArrayList<>();

    Shoulders(Measures measures) {
        this.measures = measures;
        for (int side = -1; side <= 1; side += 2) {
            Point inner = measures.place(0.16 * side, -0.72, 84);
            Point bend = measures.place(0.55 * side, -0.66, 92);
            Point outer = measures.place(1.1 * side, -0.05, 112);
            collarbones.add(new Segment(inner, bend, 7, 5.5));
            collarbones.add(new Segment(bend, outer, 5.5, 6));
            heads.add(measures.place(1.3 * side, 0.12, 108));
        }
    }

    /// The signed distance to the nearest of these bones.
    public double distance(ChestLevel level, double x, double y) {
        double distance = blade(level, x, y);
        for (Segment collarbone : collarbones) {
            distance = Math.min(distance, collarbone.distance(x, y, level.z()));
        }
        for (Point head : heads) {
            distance = Math.min(distance, head.minus(new Point(x, y, level.z())).length() - 22);
        }
        return distance;
    }

    /// Whether a height meets any.
    public boolean near(double z) {
        return z / measures.length() > TIP;
    }

    /// A thin sheet that lies on the ribs, broader upwards and thick at its outer edge, with a ridge near the
    /// top.
    private double blade(ChestLevel level, double x, double y) {
        double height = level.z() / measures.length();
        double outward = y - level.centreY();
        double angle = Math.abs(Math.atan2(Math.abs(x), outward));
        double inner = 0.62 - 0.1 * Curves.step(TIP, 80, height);
        double outer = 0.8 + 0.5 * Curves.step(TIP, 70, height);
        double radius = Curves.length(x, outward);
        double wave = 3 * Math.sin(5 * angle + height / 20);
        double beyond = level.cavity(x, y) - Cage.RIB_LAYER - BEHIND_RIBS - wave;
        double along = Math.max(angle - outer, inner - angle) * radius;
        double edge = 1.5 + 4.5 * Curves.bump(angle, outer, 0.12) + 1.5 * Curves.bump(angle, inner, 0.05);
        double sheet = Curves.length(Math.max(along, 0), beyond) - edge;
        double ridge = Curves.length(
                        Math.max(Math.max(angle - 1.3, 0.7 - angle) * radius, 0),
                        beyond - 12 * Curves.step(0.6, 1.2, angle) - 4)
                - 2.6;
        double bone = height > 66 && height < 92 ? Math.min(sheet, ridge) : sheet;
        return Math.max(bone, Math.max(TIP - height, height - TOP));
    }
}
