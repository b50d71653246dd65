package org.patchlens.tensor;

import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;

/// The dot product that [Kernels] defines, in a fast and a slow form that give the same bits.
sealed interface DotProduct permits ScalarDotProduct, VectorDotProduct {
    /// The dot product of `length` floats of `a` and of `b`.
    ///
    /// @param aOffset of the first float of `a`, in bytes
    /// @param bOffset of the first float of `b`, in bytes
    float of(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int length);

    /// The fastest form that this Java runtime offers.
    static DotProduct chosen() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            System.getLogger(Kernels.class.getName())
                    .log(
                            Level.WARNING,
                            "Patchlens computes without vector instructions, slower and with the same results;"
                                    + " start Java with --add-modules jdk.incubator.vector to use them.");
            return new ScalarDotProduct();
        }
        return VectorDotProduct.preferred();
    }

    /// Adds the 16 lanes in the order that [Kernels] defines; overwrites them.
    static float sum(float[] lanes) {
        for (int width = Kernels.LANES / 2; width > 0; width /= 2) {
            for (int j = 0; j < width; j++) {
                lanes[j] += lanes[j + width];
            }
        }
        return lanes[0];
    }
}
