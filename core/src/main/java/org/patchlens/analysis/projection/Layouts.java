package org.patchlens.analysis.projection;

import java.util.function.Supplier;
import org.patchlens.tensor.FloatMatrix;

/// Watches a map while its points move, and may stop it.
@FunctionalInterface
public interface Layouts {
    /// Nobody watches.
    Layouts NONE = (done, total, map) -> {};

    /// Called after every iteration, from one thread; whatever it throws ends the work.
    ///
    /// @param done iterations so far
    /// @param total of all iterations, if none is saved at the end
    /// @param map copies where the points are now, `float[N][axes]`; costs nothing where it is not asked for, and
    ///     may only be asked for during the call
    void offer(int done, int total, Supplier<FloatMatrix> map);
}
