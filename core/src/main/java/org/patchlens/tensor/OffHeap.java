package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;

/// Memory outside the heap, of a file or our own, told to the compiler.
///
/// A segment may be one of many classes, and what a Java runtime learns of them it learns for all callers
/// together. Where a loop does not say which class it reads, each of its loads becomes a choice once heap, native
/// and mapped memory have all passed by, and takes three to six times as long. A cast to a constant class settles
/// it.
final class OffHeap {
    private static final Class<? extends MemorySegment> KIND = MemorySegment.NULL.getClass();

    private OffHeap() {}

    /// Whether the memory can be cast.
    static boolean holds(MemorySegment memory) {
        return KIND.isInstance(memory);
    }

    /// The same memory; to be called in the method that loops.
    ///
    /// @throws ClassCastException if it does not hold
    static MemorySegment of(MemorySegment memory) {
        return KIND.cast(memory);
    }
}
