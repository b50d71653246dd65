package org.patchlens.analysis.projection.umap;

import java.util.random.RandomGenerator;
import org.patchlens.neighbor.SymmetricWeights;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;
import org.patchlens.tensor.force.Crowd;
import org.patchlens.tensor.force.CurveForces;
import org.patchlens.tensor.force.MapPoints;
import org.patchlens.tensor.force.PointMotion;
import org.patchlens.tensor.force.Pulls;
import org.patchlens.tensor.force.TimedPairs;

/// Moves the points of a map: neighbours pull, points drawn by lot push (section 4.2 of the paper).
///
/// The paper's implementation goes through the pairs, and each writes both of its points: with several threads the
/// map depends on who was first. Here every point moves itself only, and its pairs act twice, since the other end
/// does not move. Sets of points of which no two are neighbours take turns ([IndependentSets]): the points of a
/// set move at the same time, on any number of threads and in any number of lanes, and each sees its neighbours
/// where they have just gone. Points that push are seen where they were when the epoch began ([Crowd]).
///
/// Not safe for several threads.
final class Optimizer {
    private static final PointMotion MOTION = PointMotion.ofThisJava();
    private static final int WIDTH = PointMotion.WIDTH;
    private static final int GROUPS_PER_TASK = 16;
    private static final int CROWD_PER_TASK = 8192;

    /// Sets the order of the crowd apart from the numbers of the epochs.
    private static final long CROWD = -2;

    private final int axes;
    private final TaskPool pool;
    private final Seed seed;
    private final IndependentSets sets;
    private final int[] places;
    private final TimedPairs pairs;
    private final PointMotion.Field field;
    private final ThreadLocal<Pulls> rooms;

    /// @param weights of pairs, 0 to 1
    /// @param positions point after point
    /// @param epochs that there will be
    Optimizer(SymmetricWeights weights, Curve curve, float[] positions, int epochs, Seed seed, TaskPool pool) {
        this.pool = pool;
        this.seed = seed;
        axes = positions.length / weights.points();
        sets = IndependentSets.of(weights);
        places = sets.places(weights.points());
        pairs = Schedule.of(weights, epochs).pairs(places, sets.points().length);
        int longest = pairs.longest();
        rooms = ThreadLocal.withInitial(() -> new Pulls(longest, axes));
        MapPoints points = new MapPoints(sets.points().length, axes);
        points.set(placed(positions));
        CurveForces forces = new CurveForces((float) curve.a(), (float) curve.b());
        field = new PointMotion.Field(points, new Crowd(drawn(seed.task(CROWD).generator()), axes), forces);
    }

    private float[] placed(float[] positions) {
        float[] placed = new float[sets.points().length * axes];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(positions, i * axes, placed, places[i] * axes, axes);
        }
        return placed;
    }

    /// The places in an order drawn by lot (Fisher and Yates).
    private int[] drawn(RandomGenerator numbers) {
        int[] drawn = places.clone();
        for (int i = drawn.length - 1; i > 0; i--) {
            int other = numbers.nextInt(i + 1);
            int place = drawn[i];
            drawn[i] = drawn[other];
            drawn[other] = place;
        }
        return drawn;
    }

    /// Where the points are, point after point.
    float[] positions() {
        float[] positions = new float[places.length * axes];
        for (int i = 0; i < places.length; i++) {
            for (int axis = 0; axis < axes; axis++) {
                positions[i * axes + axis] = field.points().at(places[i], axis);
            }
        }
        return positions;
    }

    /// Moves every point once.
    ///
    /// @param epoch from 0
    /// @param rate of learning, 1 falling to 0
    void step(int epoch, float rate) {
        Crowd crowd = field.crowd();
        pool.forEach(Math.ceilDiv(crowd.length(), CROWD_PER_TASK), task -> {
            int end = Math.min(crowd.length(), (task + 1) * CROWD_PER_TASK);
            crowd.update(field.points(), task * CROWD_PER_TASK, end);
        });
        Seed numbers = seed.task(epoch);
        for (int set = 0; set < sets.count(); set++) {
            int from = sets.starts()[set] / WIDTH;
            int to = sets.starts()[set + 1] / WIDTH;
            pool.forEach(Math.ceilDiv(to - from, GROUPS_PER_TASK), task -> {
                int first = from + task * GROUPS_PER_TASK;
                int end = Math.min(to, first + GROUPS_PER_TASK);
                for (int group = first; group < end; group++) {
                    move(group, epoch, rate, numbers);
                }
            });
        }
    }

    private void move(int group, int epoch, float rate, Seed numbers) {
        Pulls pulls = rooms.get();
        pulls.take(MOTION, pairs, field.points(), epoch, group * WIDTH, rate);
        MOTION.move(field, pulls, (int) Long.remainderUnsigned(numbers.number(group), places.length));
    }
}
