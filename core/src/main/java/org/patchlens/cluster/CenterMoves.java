package org.patchlens.cluster;

import java.util.Arrays;
import org.patchlens.tensor.FloatMatrix;

/// How far centres moved, and how far apart they are: what the bounds of points need (Hamerly 2010, "Making
/// k-means even faster").
final class CenterMoves {
    private final double[] moves;
    private final float[] halfGaps;
    private final int farthest;
    private final double second;

    private CenterMoves(double[] moves, float[] halfGaps, int farthest, double second) {
        this.moves = moves;
        this.halfGaps = halfGaps;
        this.farthest = farthest;
        this.second = second;
    }

    /// Centres of which nothing is known: every point is compared with all of them.
    static CenterMoves unknown(int clusters) {
        double[] moves = new double[clusters];
        Arrays.fill(moves, Double.POSITIVE_INFINITY);
        return new CenterMoves(moves, new float[clusters], 0, Double.POSITIVE_INFINITY);
    }

    /// @param centers after their moves
    /// @param moves the distance that each has moved
    static CenterMoves of(FloatMatrix centers, double[] moves) {
        float[] halfGaps = new float[moves.length];
        Arrays.fill(halfGaps, Float.POSITIVE_INFINITY);
        int farthest = 0;
        for (int k = 0; k < moves.length; k++) {
            farthest = moves[k] > moves[farthest] ? k : farthest;
            for (int other = 0; other < k; other++) {
                float half = (float) (Math.sqrt(Distances.squared(centers, k, centers, other)) / 2);
                halfGaps[k] = Math.min(halfGaps[k], half);
                halfGaps[other] = Math.min(halfGaps[other], half);
            }
        }
        double second = 0;
        for (int k = 0; k < moves.length; k++) {
            second = k == farthest ? second : Math.max(second, moves[k]);
        }
        return new CenterMoves(moves, halfGaps, farthest, second);
    }

    /// The sum of the squared moves.
    double squared() {
        return Arrays.stream(moves).map(move -> move * move).sum();
    }

    /// How far a centre moved.
    float of(int center) {
        return (float) moves[center];
    }

    /// How far any other centre moved at most.
    float others(int center) {
        return (float) (center == farthest ? second : moves[farthest]);
    }

    /// Half the distance to the nearest other centre: nothing nearer than that has another nearest centre.
    float halfGap(int center) {
        return halfGaps[center];
    }
}
