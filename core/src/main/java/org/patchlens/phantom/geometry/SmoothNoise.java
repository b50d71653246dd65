package org.patchlens.phantom.geometry;

import org.patchlens.tensor.Seed;

/// Smooth random values in space: random numbers at whole coordinates, blended between them (value noise).
///
/// The value at a place depends on the seed alone.
public final class SmoothNoise {
    private static final long X = 0x9e3779b97f4a7c15L;
    private static final long Y = 0xc2b2ae3d27d4eb4fL;
    private static final long Z = 0x165667b19e3779f9L;
    private static final double UNIT = 0x1p-30;

    private final long base;

    public SmoothNoise(Seed seed) {
        base = seed.number(0);
    }

    /// -1 to 1; neighbouring places one unit apart are nearly independent.
    public double at(double x, double y, double z) {
        long cellX = (long) Math.floor(x);
        long cellY = (long) Math.floor(y);
        long cellZ = (long) Math.floor(z);
        double u = ease(x - cellX);
        double v = ease(y - cellY);
        double w = ease(z - cellZ);
        long corner = base + cellX * X + cellY * Y + cellZ * Z;
        return Curves.mix(face(corner, u, v), face(corner + Z, u, v), w);
    }

    /// The sum of octaves, each twice as fine and half as strong; within -1 to 1.
    public double fractal(double x, double y, double z, int octaves) {
        double sum = 0;
        double strength = 0.5;
        double scale = 1;
        for (int octave = 0; octave < octaves; octave++) {
            sum += strength * at(x * scale + 17.3 * octave, y * scale - 9.1 * octave, z * scale + 5.7 * octave);
            strength /= 2;
            scale *= 2;
        }
        return sum / (1 - 2 * strength);
    }

    private static double face(long corner, double u, double v) {
        return Curves.mix(
                Curves.mix(value(corner), value(corner + X), u),
                Curves.mix(value(corner + Y), value(corner + X + Y), u),
                v);
    }

    /// One multiplication and two shifts are enough for numbers that are looked at, never counted.
    private static double value(long corner) {
        long mixed = (corner ^ (corner >>> 29)) * 0xbf58476d1ce4e5b9L;
        mixed ^= mixed >>> 32;
        return (int) (mixed >>> 33) * UNIT - 1;
    }

    private static double ease(double share) {
        return share * share * (3 - 2 * share);
    }
}
