package org.patchlens.tensor.force;

/// Forces between points whose strength falls with 1 / (1 + r^2), as t-SNE has them, summed in one fixed order.
///
/// The vector and the scalar twin add in different orders, so that they differ in the last bits.
public sealed interface PairForces permits VectorPairForces, ScalarPairForces {
    /// With vectors where this Java runtime offers them.
    static PairForces ofThisJava() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorPairForces()
                : new ScalarPairForces();
    }

    /// Writes for each point i the sum over its row of w(i,j) (y(i) - y(j)) / (1 + |y(i) - y(j)|^2).
    ///
    /// @param force written, point after point, for points `from` to `to - 1`
    void pull(SparseRows rows, MapPoints points, float[] force, int from, int to);

    /// The sum over rows `from` to `to - 1` of w(i,j) log(1 + |y(i) - y(j)|^2), right to 1e-6 of itself.
    double logarithms(SparseRows rows, MapPoints points, int from, int to);

    /// Writes for each point i the gradient of its potential, the sum over all points j, itself included, of 1 /
    /// (1 +
    /// |y(i) - y(j)|^2), and returns the sum of the potentials of points `from` to `to - 1`.
    ///
    /// @param gradient written, point after point, for points `from` to `to - 1`
    double push(MapPoints points, float[] gradient, int from, int to);
}
