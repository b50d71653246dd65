package org.patchlens.tensor.force;

/// One pair at a time.
record ScalarPairForces() implements PairForces {
    @Override
    public void pull(SparseRows rows, MapPoints points, float[] force, int from, int to) {
        int axes = points.axes();
        float[] difference = new float[axes];
        for (int i = from; i < to; i++) {
            float[] sum = new float[axes];
            for (int e = rows.starts()[i]; e < rows.starts()[i + 1]; e++) {
                float square = squaredDistance(points, i, rows.columns()[e], difference);
                float pull = rows.values()[e] / (1 + square);
                for (int axis = 0; axis < axes; axis++) {
                    sum[axis] += pull * difference[axis];
                }
            }
            System.arraycopy(sum, 0, force, i * axes, axes);
        }
    }

    @Override
    public double logarithms(SparseRows rows, MapPoints points, int from, int to) {
        float[] difference = new float[points.axes()];
        double sum = 0;
        for (int i = from; i < to; i++) {
            for (int e = rows.starts()[i]; e < rows.starts()[i + 1]; e++) {
                float square = squaredDistance(points, i, rows.columns()[e], difference);
                sum += rows.values()[e] * Math.log1p(square);
            }
        }
        return sum;
    }

    @Override
    public double push(MapPoints points, float[] gradient, int from, int to) {
        int axes = points.axes();
        float[] difference = new float[axes];
        double potentials = 0;
        for (int i = from; i < to; i++) {
            float[] sum = new float[axes];
            for (int j = 0; j < points.size(); j++) {
                float near = 1 / (1 + squaredDistance(points, i, j, difference));
                potentials += near;
                for (int axis = 0; axis < axes; axis++) {
                    sum[axis] += near * near * difference[axis];
                }
            }
            for (int axis = 0; axis < axes; axis++) {
                gradient[i * axes + axis] = -2 * sum[axis];
            }
        }
        return potentials;
    }

    private static float squaredDistance(MapPoints points, int i, int j, float[] difference) {
        float square = 0;
        for (int axis = 0; axis < difference.length; axis++) {
            difference[axis] = points.column(axis)[i] - points.column(axis)[j];
            square += difference[axis] * difference[axis];
        }
        return square;
    }
}
