package org.patchlens.tensor.force;

import java.util.Arrays;

/// One point at a time.
record ScalarPointMotion() implements PointMotion {
    @Override
    public int acting(TimedPairs pairs, int first, int epoch) {
        int bits = 0;
        for (int i = 0; i < WIDTH; i++) {
            bits |= pairs.acts(first + i, epoch) ? 1 << i : 0;
        }
        return bits;
    }

    @Override
    public void move(Field field, Pulls pulls, int drawn) {
        for (int lane = 0; lane < WIDTH; lane++) {
            new Mover(field, pulls, lane).move(drawn);
        }
    }

    private static final class Mover {
        private final Field field;
        private final Pulls pulls;
        private final int lane;
        private final int own;
        private final float[] place;
        private final float[] pushed;
        private final float[] difference;

        Mover(Field field, Pulls pulls, int lane) {
            this.field = field;
            this.pulls = pulls;
            this.lane = lane;
            own = pulls.first() + lane;
            int axes = field.points().axes();
            place = new float[axes];
            pushed = new float[axes];
            difference = new float[axes];
            for (int axis = 0; axis < axes; axis++) {
                place[axis] = field.points().at(own, axis);
            }
        }

        void move(int drawn) {
            for (int e = 0; e < pulls.most(); e++) {
                pull(e * WIDTH + lane);
            }
            int from = drawn;
            for (int e = 0; e < pulls.most(); e++) {
                pull(e * WIDTH + lane);
                from = push(from);
                for (int axis = 0; axis < place.length; axis++) {
                    place[axis] = Math.fma(pulls.rates()[e * WIDTH + lane], pushed[axis], place[axis]);
                }
            }
            for (int axis = 0; axis < place.length; axis++) {
                field.points().column(axis)[own] = place[axis];
            }
        }

        private void pull(int at) {
            for (int axis = 0; axis < place.length; axis++) {
                difference[axis] = pulls.column(axis)[at] - place[axis];
            }
            float force = field.curve().pull(square()) * pulls.rates()[at];
            for (int axis = 0; axis < place.length; axis++) {
                place[axis] = Math.fma(force, difference[axis], place[axis]);
            }
        }

        /// @param drawn where in the crowd the first of the points stands
        /// @return where the next ones begin
        private int push(int drawn) {
            Arrays.fill(pushed, 0);
            int from = drawn;
            for (int p = 0; p < PUSHES; p++, from = field.crowd().after(from)) {
                for (int axis = 0; axis < place.length; axis++) {
                    difference[axis] = place[axis] - field.crowd().column(axis)[from + lane];
                }
                boolean self = field.crowd().places()[from + lane] == own;
                float force = self ? 0 : field.curve().push(square());
                for (int axis = 0; axis < place.length; axis++) {
                    pushed[axis] = Math.fma(force, difference[axis], pushed[axis]);
                }
            }
            return from;
        }

        private float square() {
            float square = CurveForces.LEAST_SQUARE;
            for (int axis = place.length - 1; axis >= 0; axis--) {
                square = Math.fma(difference[axis], difference[axis], square);
            }
            return square;
        }
    }
}
