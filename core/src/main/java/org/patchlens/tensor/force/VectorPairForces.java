package org.patchlens.tensor.force;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// As many pairs at a time as a vector holds. Sums of lanes are added in a fixed order.
record VectorPairForces() implements PairForces {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void pull(SparseRows rows, MapPoints points, float[] force, int from, int to) {
        if (points.axes() == 2) {
            GatheredPairs.pullInPlane(rows, points, force, from, to);
        } else {
            GatheredPairs.pullInSpace(rows, points, force, from, to);
        }
    }

    @Override
    public double logarithms(SparseRows rows, MapPoints points, int from, int to) {
        return GatheredPairs.logarithms(rows, points, from, to);
    }

    @Override
    public double push(MapPoints points, float[] gradient, int from, int to) {
        double sum = 0;
        float[] lanes = new float[Math.max(4, LANES)];
        for (int i = from; i < to; i++) {
            sum += points.axes() == 2
                    ? inPlane(points.column(0), points.column(1), i, gradient, lanes)
                    : inSpace(points.column(0), points.column(1), points.column(2), i, gradient, lanes);
        }
        return sum;
    }

    private static float inPlane(float[] xs, float[] ys, int i, float[] gradient, float[] lanes) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector x = FloatVector.broadcast(SPECIES, xs[i]);
        FloatVector y = FloatVector.broadcast(SPECIES, ys[i]);
        FloatVector potential = FloatVector.zero(SPECIES);
        FloatVector sumX = potential;
        FloatVector sumY = potential;
        int j = 0;
        for (; j + LANES <= xs.length; j += LANES) {
            FloatVector dx = x.sub(FloatVector.fromArray(SPECIES, xs, j));
            FloatVector dy = y.sub(FloatVector.fromArray(SPECIES, ys, j));
            FloatVector near = one.div(dx.fma(dx, dy.fma(dy, one)));
            FloatVector square = near.mul(near);
            potential = potential.add(near);
            sumX = square.fma(dx, sumX);
            sumY = square.fma(dy, sumY);
        }
        potential.intoArray(lanes, 0);
        float restPotential = sum(lanes);
        sumX.intoArray(lanes, 0);
        float restX = sum(lanes);
        sumY.intoArray(lanes, 0);
        float restY = sum(lanes);
        for (; j < xs.length; j++) {
            float dx = xs[i] - xs[j];
            float dy = ys[i] - ys[j];
            float near = 1 / (1 + dx * dx + dy * dy);
            restPotential += near;
            restX += near * near * dx;
            restY += near * near * dy;
        }
        gradient[2 * i] = -2 * restX;
        gradient[2 * i + 1] = -2 * restY;
        return restPotential;
    }

    private static float inSpace(float[] xs, float[] ys, float[] zs, int i, float[] gradient, float[] lanes) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector x = FloatVector.broadcast(SPECIES, xs[i]);
        FloatVector y = FloatVector.broadcast(SPECIES, ys[i]);
        FloatVector z = FloatVector.broadcast(SPECIES, zs[i]);
        FloatVector potential = FloatVector.zero(SPECIES);
        FloatVector sumX = potential;
        FloatVector sumY = potential;
        FloatVector sumZ = potential;
        int j = 0;
        for (; j + LANES <= xs.length; j += LANES) {
            FloatVector dx = x.sub(FloatVector.fromArray(SPECIES, xs, j));
            FloatVector dy = y.sub(FloatVector.fromArray(SPECIES, ys, j));
            FloatVector dz = z.sub(FloatVector.fromArray(SPECIES, zs, j));
            FloatVector near = one.div(dx.fma(dx, dy.fma(dy, dz.fma(dz, one))));
            FloatVector square = near.mul(near);
            potential = potential.add(near);
            sumX = square.fma(dx, sumX);
            sumY = square.fma(dy, sumY);
            sumZ = square.fma(dz, sumZ);
        }
        potential.intoArray(lanes, 0);
        float restPotential = sum(lanes);
        sumX.intoArray(lanes, 0);
        float restX = sum(lanes);
        sumY.intoArray(lanes, 0);
        float restY = sum(lanes);
        sumZ.intoArray(lanes, 0);
        float restZ = sum(lanes);
        for (; j < xs.length; j++) {
            float dx = xs[i] - xs[j];
            float dy = ys[i] - ys[j];
            float dz = zs[i] - zs[j];
            float near = 1 / (1 + dx * dx + dy * dy + dz * dz);
            restPotential += near;
            restX += near * near * dx;
            restY += near * near * dy;
            restZ += near * near * dz;
        }
        gradient[3 * i] = -2 * restX;
        gradient[3 * i + 1] = -2 * restY;
        gradient[3 * i + 2] = -2 * restZ;
        return restPotential;
    }

    /// The sum of the lanes in a fixed order, which the reduction of a vector does not promise.
    static float sum(float[] lanes) {
        float first = lanes[0];
        float second = lanes[1];
        float third = lanes[2];
        float fourth = lanes[3];
        for (int lane = 4; lane < LANES; lane += 4) {
            first += lanes[lane];
            second += lanes[lane + 1];
            third += lanes[lane + 2];
            fourth += lanes[lane + 3];
        }
        return (first + third) + (second + fourth);
    }
}
