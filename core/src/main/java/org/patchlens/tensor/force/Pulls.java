package org.patchlens.tensor.force;

import java.util.Arrays;

/// Who pulls at [PointMotion#WIDTH] points that move. Not safe for several threads.
public final class Pulls {
    private static final int WIDTH = PointMotion.WIDTH;

    private final float[][] columns;
    private final float[] rates;
    private int first;
    private int most;

    /// @param most pulls at a point
    public Pulls(int most, int axes) {
        columns = new float[axes][most * WIDTH];
        rates = new float[most * WIDTH];
    }

    /// Takes the neighbours of some points that act in an epoch, where they are now.
    ///
    /// @param pairs of all points
    /// @param first of the points
    /// @param rate of learning
    public void take(PointMotion motion, TimedPairs pairs, MapPoints points, int epoch, int first, float rate) {
        this.first = first;
        Arrays.fill(rates, 0, most * WIDTH, 0);
        most = 0;
        for (int lane = 0; lane < WIDTH; lane++) {
            int at = lane;
            for (int e = pairs.starts()[first + lane]; e < pairs.starts()[first + lane + 1]; e += WIDTH) {
                for (int bits = motion.acting(pairs, e, epoch); bits != 0; bits &= bits - 1) {
                    int other = pairs.columns()[e + Integer.numberOfTrailingZeros(bits)];
                    for (int axis = 0; axis < columns.length; axis++) {
                        columns[axis][at] = points.column(axis)[other];
                    }
                    rates[at] = rate;
                    at += WIDTH;
                }
            }
            most = Math.max(most, at / WIDTH);
        }
    }

    /// The first of the points that move.
    int first() {
        return first;
    }

    /// The most that pull at one of the points.
    int most() {
        return most;
    }

    /// Coordinates along an axis of those that pull, `float[most][WIDTH]`; any number where there is nobody. The
    /// array itself.
    float[] column(int axis) {
        return columns[axis];
    }

    /// The rate of learning of each, `float[most][WIDTH]`; 0 where there is nobody. The array itself.
    float[] rates() {
        return rates;
    }
}
