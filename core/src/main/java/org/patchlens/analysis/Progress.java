package org.patchlens.analysis;

import java.util.function.Supplier;
import org.patchlens.point.PointSet;
import org.patchlens.tensor.FloatMatrix;

/// Hears how far a piece of work is, and may stop it.
@FunctionalInterface
public interface Progress {
    /// Nobody listens.
    Progress NONE = (stage, done, total) -> {};

    /// Called at least once per second of work, from one thread at a time.
    ///
    /// To stop the work, throw [org.patchlens.PatchlensException] from here: nothing is half-written then.
    ///
    /// @param stage what is being done, such as `norms`
    /// @param done 0 to `total`
    /// @param total how much there is to do
    void report(String stage, long done, long total);

    /// Shows a map while its points move, as often as they do, from one thread; whatever it throws ends the work.
    ///
    /// @param points of the map
    /// @param positions copies where they are now, `float[N][2 or 3]`; costs nothing where it is not asked for,
    ///     and may only be asked for during the call
    default void layout(PointSet points, Supplier<FloatMatrix> positions) {}
}
