package org.patchlens.tensor;

/// Runs over a row of distances to the next that is small enough; almost none is.
public sealed interface HitFinder permits VectorHitFinder, ScalarHitFinder {
    /// The first column from `from` on whose distance is not above the limit of the row or of the column;
    /// `columns` if there is none.
    ///
    /// @param offset of the row in `distances`
    /// @param columnLimits one per column
    int next(float[] distances, int offset, int from, int columns, float rowLimit, float[] columnLimits);

    /// With vectors where this Java runtime offers them.
    static HitFinder chosen() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorHitFinder()
                : new ScalarHitFinder();
    }
}
