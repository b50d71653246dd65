package org.patchlens.phantom.anatomy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.patchlens.phantom.geometry.Point;
import org.patchlens.phantom.geometry.Segment;
import org.patchlens.tensor.Seed;

/// A tree that fills a lung: each branch grows towards the middle of the space that it supplies, which it then
/// parts between two branches (after Tawhai, Pullan and Hunter 2000, "Generation of an anatomically based
/// three-dimensional model of the conducting airways").
///
/// Radii follow from the supplied volume: the cube law of Murray, a little flatter.
final class LungTree {
    private static final double GROWTH = 0.42;
    private static final double EXPONENT = 1 / 2.7;
    private static final double LONGEST = 14;

    private final List<Segment> segments = new ArrayList<>();
    private final RandomGenerator random;
    private final double rootRadius;
    private final int all;

    private LungTree(int all, double rootRadius, Seed seed) {
        this.all = all;
        this.rootRadius = rootRadius;
        this.random = seed.generator();
    }

    /// Grows a tree.
    ///
    /// @param root where it enters the lung
    /// @param space evenly spread places that it supplies
    /// @param rootRadius of its first branch, in millimetres
    static List<Segment> grow(Point root, List<Point> space, double rootRadius, Seed seed) {
        LungTree tree = new LungTree(space.size(), rootRadius, seed);
        tree.branch(root, new Point(0, 0, 1), space);
        return tree.segments;
    }

    private void branch(Point from, Point turned, List<Point> space) {
        Point middle = middle(space);
        Point way = middle.minus(from);
        if (space.size() == 1) {
            lay(from, from.plus(way.times(0.8)), space.size());
            return;
        }
        Point to = from.plus(way.times(GROWTH));
        lay(from, to, space.size());
        Point across = split(way, turned, space, middle);
        List<Point> one = new ArrayList<>();
        List<Point> other = new ArrayList<>();
        for (Point place : space) {
            (place.minus(middle).dot(across) < 0 ? one : other).add(place);
        }
        if (one.isEmpty() || other.isEmpty()) {
            lay(to, middle, 1);
            return;
        }
        branch(to, across, one);
        branch(to, across, other);
    }

    /// Mostly at a right angle to the last division, and towards where the space is long.
    private static Point split(Point way, Point turned, List<Point> space, Point middle) {
        Point across = way.cross(turned).unit();
        Point other = way.cross(across).unit();
        double alongAcross = 0;
        double alongOther = 0;
        for (Point place : space) {
            alongAcross += Math.abs(place.minus(middle).dot(across));
            alongOther += Math.abs(place.minus(middle).dot(other));
        }
        return alongOther > 1.35 * alongAcross ? other : across;
    }

    private static Point middle(List<Point> space) {
        Point sum = new Point(0, 0, 0);
        for (Point place : space) {
            sum = sum.plus(place);
        }
        return sum.times(1.0 / space.size());
    }

    /// A branch in pieces that wander a little.
    private void lay(Point from, Point to, int supplied) {
        double length = to.minus(from).length();
        int pieces = (int) Math.ceil(length / LONGEST);
        double radius = rootRadius * Math.pow((double) supplied / all, EXPONENT);
        Point last = from;
        for (int piece = 1; piece <= pieces; piece++) {
            Point next = from.plus(to.minus(from).times((double) piece / pieces));
            if (piece < pieces) {
                next = next.plus(wander(0.06 * length));
            }
            segments.add(new Segment(last, next, radius, radius * 0.93));
            last = next;
        }
    }

    private Point wander(double by) {
        return new Point(by * random.nextGaussian(), by * random.nextGaussian(), by * random.nextGaussian()).times(0.5);
    }
}
