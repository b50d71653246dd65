package org.patchlens.analysis.projection;

import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.SymmetricEigen;

/// A map moved, turned, mirrored and scaled as a whole so that it lies on another map of the same points as well
/// as it can in the sense of least squares (Schönemann and Carroll 1970, "Fitting one matrix to another").
///
/// @param fitted `float[N][axes]`
/// @param disparity the sum of squares that is left, as a share of that of the other map around its centre: 0 for
///     the same map, 1 for one that has nothing in common with it
record Procrustes(FloatMatrix fitted, double disparity) {
    /// Singular values below this share of the largest have no direction of their own.
    private static final double SMALLEST = 1e-9;

    /// Fits a map onto another.
    ///
    /// @param map `float[N][axes]`
    /// @param onto `float[N][axes]`
    static Procrustes of(FloatMatrix map, FloatMatrix onto) {
        if (map.rows() != onto.rows() || map.columns() != onto.columns()) {
            throw new IllegalArgumentException(map + " onto " + onto);
        }
        double[] center = center(map);
        double[] target = center(onto);
        double[][] product = product(map, center, onto, target);
        double[][] turn = turn(product);
        double size = product(map, center);
        double scale = size > 0 ? trace(product, turn) / size : 0;
        int axes = map.columns();
        FloatMatrix fitted = FloatMatrix.zeros(map.rows(), axes);
        double left = 0;
        for (int i = 0; i < map.rows(); i++) {
            for (int axis = 0; axis < axes; axis++) {
                double place = target[axis];
                for (int from = 0; from < axes; from++) {
                    place += scale * (map.get(i, from) - center[from]) * turn[from][axis];
                }
                fitted.set(i, axis, (float) place);
                left += (place - onto.get(i, axis)) * (place - onto.get(i, axis));
            }
        }
        double whole = product(onto, target);
        return new Procrustes(fitted, whole > 0 ? left / whole : 0);
    }

    private static double[] center(FloatMatrix map) {
        double[] center = new double[map.columns()];
        for (int i = 0; i < map.rows(); i++) {
            for (int axis = 0; axis < center.length; axis++) {
                center[axis] += map.get(i, axis) / (double) map.rows();
            }
        }
        return center;
    }

    /// The sum of squares around the centre.
    private static double product(FloatMatrix map, double[] center) {
        double[][] own = product(map, center, map, center);
        double sum = 0;
        for (int axis = 0; axis < center.length; axis++) {
            sum += own[axis][axis];
        }
        return sum;
    }

    /// The first map transposed times the second, both around their centres.
    private static double[][] product(FloatMatrix map, double[] center, FloatMatrix onto, double[] target) {
        double[][] product = new double[center.length][center.length];
        for (int i = 0; i < map.rows(); i++) {
            for (int from = 0; from < center.length; from++) {
                for (int axis = 0; axis < center.length; axis++) {
                    product[from][axis] += (map.get(i, from) - center[from]) * (onto.get(i, axis) - target[axis]);
                }
            }
        }
        return product;
    }

    /// The orthogonal matrix nearest to a product U S V': U V'.
    private static double[][] turn(double[][] product) {
        int axes = product.length;
        double[][] square = new double[axes][axes];
        for (int i = 0; i < axes; i++) {
            for (int j = 0; j < axes; j++) {
                for (int k = 0; k < axes; k++) {
                    square[i][j] += product[k][i] * product[k][j];
                }
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(square);
        double largest = Math.sqrt(Math.max(0, eigen.value(0)));
        double[][] left = new double[axes][];
        double[][] turn = new double[axes][axes];
        for (int rank = 0; rank < axes; rank++) {
            double[] right = eigen.vector(rank);
            left[rank] = unit(times(product, right), left, rank, SMALLEST * largest);
            for (int i = 0; i < axes; i++) {
                for (int j = 0; j < axes; j++) {
                    turn[i][j] += left[rank][i] * right[j];
                }
            }
        }
        return turn;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] result = new double[vector.length];
        for (int i = 0; i < result.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                result[i] += matrix[i][j] * vector[j];
            }
        }
        return result;
    }

    /// The direction of a vector beside those before it; if it has none, that of the first axis which has.
    private static double[] unit(double[] vector, double[][] before, int count, double smallest) {
        double[] direction = vector;
        for (int axis = 0; ; axis++) {
            for (int i = 0; i < count; i++) {
                double along = 0;
                for (int j = 0; j < direction.length; j++) {
                    along += direction[j] * before[i][j];
                }
                for (int j = 0; j < direction.length; j++) {
                    direction[j] -= along * before[i][j];
                }
            }
            double square = 0;
            for (double part : direction) {
                square += part * part;
            }
            double length = Math.sqrt(square);
            if (length > smallest) {
                for (int j = 0; j < direction.length; j++) {
                    direction[j] /= length;
                }
                return direction;
            }
            direction = new double[vector.length];
            direction[axis] = 1;
        }
    }

    private static double trace(double[][] product, double[][] turn) {
        double trace = 0;
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                trace += product[i][j] * turn[i][j];
            }
        }
        return trace;
    }
}
