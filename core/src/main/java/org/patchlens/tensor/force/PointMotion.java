package org.patchlens.tensor.force;

/// Moves [#WIDTH] points of a map at a time that stand side by side and are no neighbours of each other: their
/// neighbours pull them, points drawn by lot push them.
///
/// Both twins give the same bits.
public sealed interface PointMotion permits VectorPointMotion, ScalarPointMotion {
    /// The points that move at a time.
    int WIDTH = 16;

    /// Points that push, for one neighbour that pulls.
    int PUSHES = 5;

    /// Where they move.
    ///
    /// @param points of the map; those that move are changed, but for [MapPoints#packed]
    /// @param crowd that pushes
    /// @param curve of the forces
    record Field(MapPoints points, Crowd crowd, CurveForces curve) {}

    /// With vectors where this Java runtime offers them.
    static PointMotion ofThisJava() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorPointMotion()
                : new ScalarPointMotion();
    }

    /// Which of [#WIDTH] pairs act in an epoch, the first in the lowest bit.
    ///
    /// @param epoch from 0
    int acting(TimedPairs pairs, int first, int epoch);

    /// Moves the points: first all neighbours pull, one after the other. Then each pulls again while five points
    /// of the crowd push: twice the pull at once would carry near points past each other.
    ///
    /// @param drawn where in the crowd the first of those stands that push
    void move(Field field, Pulls pulls, int drawn);
}
