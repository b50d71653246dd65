package org.patchlens.phantom.anatomy;

import org.patchlens.phantom.geometry.Curves;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.Segment;

/// The spine: bodies and discs, the canal with its cord, arches with their processes.
public final class Spine {
    /// From one vertebra to the next, in millimetres of a body of usual length.
    private static final double PERIOD = 23.5;

    private static final double DISC = 4.5;

    private final Measures measures;

    public Spine(Measures measures) {
        this.measures = measures;
    }

    /// How far behind the origin the middle of the bodies lies.
    public double y(double z) {
        double height = z / measures.length();
        return 0.67 * measures.halfDepth()
                - measures.kyphosis() * (Curves.bump(height, 130, 80) + 0.6 * Curves.bump(height, -150, 80) - 0.3);
    }

    /// The size of bodies: they grow downwards.
    public double scale(double z) {
        return measures.halfWidth() / 122 * Curves.mix(1.12, 0.86, Curves.step(-120, 110, z / measures.length()));
    }

    /// The signed distance to the body or the disc; a disc is a little wider.
    public double body(double x, double y, double z) {
        double scale = scale(z);
        double waist = 1 - 0.09 * Math.pow(Math.cos(Math.PI * phase(z)), 2) + (isDisc(z) ? 0.04 : 0);
        double a = x / (17.5 * scale * waist);
        double forward = y - y(z);
        double b = forward / ((forward > 0 ? 11.5 : 15) * scale * waist);
        double radius = Math.sqrt(a * a + b * b);
        return (radius - 1) * 14 * scale;
    }

    /// The signed distance to the canal.
    public double canal(double x, double y, double z) {
        return Curves.length(x, (y - canalY(z)) * 1.1) - 8.5 * scale(z);
    }

    /// The signed distance to the cord.
    public double cord(double x, double y, double z) {
        return Curves.length(x * 0.85, y - canalY(z)) - 4.2 * scale(z);
    }

    /// The signed distance to the arch and its processes.
    public double arch(double x, double y, double z) {
        double scale = scale(z);
        double side = Math.abs(x);
        double back = y - canalY(z);
        double phase = phase(z);
        double ring = Math.abs(Curves.length(side, back) - 11 * scale) - 2.6 * scale;
        double pedicle = phase < 0.62 && phase > 0.05 ? 0 : 3;
        double arch = ring + (back < 0 ? pedicle : 0);
        double transverse = line(side, back, 11 * scale, 4, 31 * scale, 13 * scale)
                - 4.2 * scale
                + 9 * (1 - Curves.bump(phase, 0.35, 0.27));
        double spinous = line(side, back, 0, 11 * scale, 0, (19 + 7 * phase) * scale)
                - 3.1 * scale
                + 5 * (1 - Curves.bump(phase, 0.75, 0.4));
        return Math.min(arch, Math.min(transverse, spinous));
    }

    /// Whether the slice lies in a disc.
    public boolean isDisc(double z) {
        return phase(z) * PERIOD < DISC;
    }

    /// Where the slice lies between two discs, 0 to 1 upwards.
    private double phase(double z) {
        double count = z / measures.length() / PERIOD + 100.3;
        return count - Math.floor(count);
    }

    private double canalY(double z) {
        return y(z) + 21 * scale(z);
    }

    private static double line(double x, double y, double fromX, double fromY, double toX, double toY) {
        return new Segment(new Point(fromX, fromY, 0), new Point(toX, toY, 0), 0, 0).distance(x, y, 0);
    }
}
