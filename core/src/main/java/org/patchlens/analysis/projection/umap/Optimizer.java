package org.patchlens.analysis.projection.umap;

import java.util.Arrays;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// Moves the points of a map: neighbours pull, points drawn by lot push (section 4.2 of the paper).
///
/// The paper's implementation goes through the pairs, and each writes both of its points: with several threads the
/// map depends on who was first. Here every point moves itself only. Each of its pairs acts as often as its weight
/// says, once for either end: first all pairs that act pull one after the other, then each pulls again and lets
/// five points drawn by lot push. Twice the pull at once would carry near points past each other, and as many
/// pushes before the pulls would leave fewer neighbours together. Points are dealt into [#BLOCKS] blocks. A block
/// sees where the blocks before it have just gone, but itself only as it was: its points move at the same time, on
/// any number of threads.
///
/// Not safe for several threads.
final class Optimizer {
    /// Enough that neighbours seldom move at the same time: those that do miss each other, and with 4 blocks a
    /// thirtieth fewer neighbours stay together.
    private static final int BLOCKS = 64;

    private static final int POINTS_PER_TASK = 2048;
    private static final int PUSHES = 5;

    /// No coordinate goes further for one push; [Curve#pull] never asks for as much.
    private static final float LONGEST_STEP = 4;

    private static final long WHOLE = 1L << 32;

    /// Knuth's linear congruential generator of 64 bits, of which the upper half is used: a sequence per point and
    /// epoch, begun by [Seed], since drawing points takes most of the time.
    private static final long MULTIPLIER = 6364136223846793005L;

    private static final long INCREMENT = 1442695040888963407L;

    private final int axes;
    private final int points;
    private final TaskPool pool;
    private final Seed seed;
    private final SymmetricWeights weights;
    private final int[] rates;
    private final ForceTable pull;
    private final ForceTable push;
    private final float near;
    private final float[] positions;
    private final float[] moved;
    private final int longestRow;

    /// @param weights of pairs, 0 to 1
    /// @param positions point after point; changed
    Optimizer(SymmetricWeights weights, Curve curve, float[] positions, int axes, Seed seed, TaskPool pool) {
        this.axes = axes;
        this.pool = pool;
        this.seed = seed;
        this.weights = weights;
        this.positions = positions;
        points = weights.points();
        moved = new float[positions.length];
        pull = ForceTable.of(curve::pull);
        push = ForceTable.of(curve::push);
        near = (float) (curve.b() * curve.b() / 4); // from here on a push is below 2 b / d, and so below its limit
        rates = rates(weights.values());
        longestRow = longestRow(weights.starts());
    }

    private static int longestRow(int[] starts) {
        int longest = 0;
        for (int i = 1; i < starts.length; i++) {
            longest = Math.max(longest, starts[i] - starts[i - 1]);
        }
        return longest;
    }

    /// How often per epoch a pair acts, in units of 2^-32; the strongest every time.
    private static int[] rates(float[] values) {
        float strongest = 0;
        for (float value : values) {
            strongest = Math.max(strongest, value);
        }
        int[] rates = new int[values.length];
        double scale = strongest > 0 ? (WHOLE - 1) / (double) strongest : 0;
        Arrays.setAll(rates, i -> (int) (long) (values[i] * scale));
        return rates;
    }

    /// Where the points are, point after point; the array itself.
    float[] positions() {
        return positions;
    }

    /// Moves every point once.
    ///
    /// @param epoch from 0
    /// @param rate of learning, 1 falling to 0
    void step(int epoch, float rate) {
        Seed numbers = seed.task(epoch);
        int tasks = Math.ceilDiv(points, POINTS_PER_TASK);
        for (int block = 0; block < BLOCKS; block++) {
            int own = block;
            pool.forEach(tasks, task -> {
                Turn turn = new Turn(epoch, rate);
                int end = Math.min(points, (task + 1) * POINTS_PER_TASK);
                for (int i = task * POINTS_PER_TASK + own; i < end; i += BLOCKS) {
                    turn.move(i, numbers.number(i));
                }
            });
            takeOver(own);
        }
    }

    private void takeOver(int block) {
        for (int i = block; i < points; i += BLOCKS) {
            for (int at = i * axes; at < (i + 1) * axes; at++) {
                positions[at] = moved[at];
            }
        }
    }

    /// Whether a pair acts in an epoch: whenever the sum of its rates passes a whole number.
    private boolean acts(int pair, int epoch) {
        long rate = Integer.toUnsignedLong(rates[pair]);
        // pairs begin at different places, so that not all of the same rate act at once
        long before = epoch * rate + ((pair * 0x9e3779b97f4a7c15L) >>> 32);
        return before >>> 32 != (before + rate) >>> 32;
    }

    private static float limited(float step) {
        return step > LONGEST_STEP ? LONGEST_STEP : step < -LONGEST_STEP ? -LONGEST_STEP : step;
    }

    /// Points that move one after the other. One thread at a time.
    private final class Turn {
        private final int epoch;
        private final float rate;
        private final int[] acting = new int[longestRow];
        private int count;

        Turn(int epoch, float rate) {
            this.epoch = epoch;
            this.rate = rate;
        }

        /// @param state from which the other points are drawn
        void move(int i, long state) {
            count = 0;
            for (int e = weights.starts()[i]; e < weights.starts()[i + 1]; e++) {
                if (acts(e, epoch)) {
                    acting[count++] = weights.columns()[e];
                }
            }
            if (axes == 2) {
                moveInPlane(i, state);
            } else {
                moveInSpace(i, state);
            }
        }

        private void moveInPlane(int i, long state) {
            float x = positions[2 * i];
            float y = positions[2 * i + 1];
            for (int e = 0; e < 2 * count; e++) {
                int j = 2 * acting[e < count ? e : e - count];
                float dx = x - positions[j];
                float dy = y - positions[j + 1];
                float force = rate * pull.at(dx * dx + dy * dy);
                x -= force * dx;
                y -= force * dy;
                if (e < count) {
                    continue;
                }
                float sumX = 0;
                float sumY = 0;
                for (int p = 0; p < PUSHES; p++) {
                    state = state * MULTIPLIER + INCREMENT;
                    int other = 2 * (int) (((state >>> 32) * points) >>> 32);
                    if (other == 2 * i) {
                        continue;
                    }
                    dx = x - positions[other];
                    dy = y - positions[other + 1];
                    float square = dx * dx + dy * dy;
                    force = push.at(square);
                    if (square > near) {
                        sumX += force * dx;
                        sumY += force * dy;
                    } else {
                        sumX += limited(force * dx);
                        sumY += limited(force * dy);
                    }
                }
                x += rate * sumX;
                y += rate * sumY;
            }
            moved[2 * i] = x;
            moved[2 * i + 1] = y;
        }

        private void moveInSpace(int i, long state) {
            float x = positions[3 * i];
            float y = positions[3 * i + 1];
            float z = positions[3 * i + 2];
            for (int e = 0; e < 2 * count; e++) {
                int j = 3 * acting[e < count ? e : e - count];
                float dx = x - positions[j];
                float dy = y - positions[j + 1];
                float dz = z - positions[j + 2];
                float force = rate * pull.at(dx * dx + dy * dy + dz * dz);
                x -= force * dx;
                y -= force * dy;
                z -= force * dz;
                if (e < count) {
                    continue;
                }
                float sumX = 0;
                float sumY = 0;
                float sumZ = 0;
                for (int p = 0; p < PUSHES; p++) {
                    state = state * MULTIPLIER + INCREMENT;
                    int other = 3 * (int) (((state >>> 32) * points) >>> 32);
                    if (other == 3 * i) {
                        continue;
                    }
                    dx = x - positions[other];
                    dy = y - positions[other + 1];
                    dz = z - positions[other + 2];
                    force = push.at(dx * dx + dy * dy + dz * dz);
                    sumX += limited(force * dx);
                    sumY += limited(force * dy);
                    sumZ += limited(force * dz);
                }
                x += rate * sumX;
                y += rate * sumY;
                z += rate * sumZ;
            }
            moved[3 * i] = x;
            moved[3 * i + 1] = y;
            moved[3 * i + 2] = z;
        }
    }
}
