package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Many numbers at a time, each in the lane where the definition wants it.
///
/// Each width has a method of its own with its species as a constant: where the compiler does not see a constant,
/// or a vector leaves its method, every vector becomes an object, and this is as slow as the scalar twin.
///
/// @param width of a vector in floats: 4, 8 or 16
record VectorDotProduct(int width) implements DotProduct {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorSpecies<Float> OF_16 = FloatVector.SPECIES_512;
    private static final VectorSpecies<Float> OF_8 = FloatVector.SPECIES_256;
    private static final VectorSpecies<Float> OF_4 = FloatVector.SPECIES_128;

    VectorDotProduct {
        if (width != 4 && width != 8 && width != 16) {
            throw new IllegalArgumentException("vectors of " + width + " floats");
        }
    }

    /// The widest vectors of this machine up to 512 bits; without vectors of 128 bits or more, none.
    static DotProduct preferred() {
        int widest = FloatVector.SPECIES_PREFERRED.length();
        return widest < 4 ? new ScalarDotProduct() : new VectorDotProduct(Math.min(widest, 16));
    }

    @Override
    public float of(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int length) {
        float[] lanes = new float[Kernels.LANES];
        int whole = length - length % Kernels.LANES;
        switch (width) {
            case 16 -> addWithOneVector(lanes, a, aOffset, b, bOffset, whole);
            case 8 -> addWithTwoVectors(lanes, a, aOffset, b, bOffset, whole);
            default -> addWithFourVectors(lanes, a, aOffset, b, bOffset, whole);
        }
        ScalarDotProduct.add(lanes, a, aOffset, b, bOffset, whole, length);
        return DotProduct.sum(lanes);
    }

    private static void addWithOneVector(
            float[] lanes, MemorySegment a, long aOffset, MemorySegment b, long bOffset, int n) {
        FloatVector sum = FloatVector.zero(OF_16);
        for (int i = 0; i < n; i += Kernels.LANES) {
            long at = (long) i * Float.BYTES;
            FloatVector x = FloatVector.fromMemorySegment(OF_16, a, aOffset + at, ORDER);
            sum = x.fma(FloatVector.fromMemorySegment(OF_16, b, bOffset + at, ORDER), sum);
        }
        sum.intoArray(lanes, 0);
    }

    private static void addWithTwoVectors(
            float[] lanes, MemorySegment a, long aOffset, MemorySegment b, long bOffset, int n) {
        FloatVector low = FloatVector.zero(OF_8);
        FloatVector high = low;
        for (int i = 0; i < n; i += Kernels.LANES) {
            long at = (long) i * Float.BYTES;
            FloatVector x = FloatVector.fromMemorySegment(OF_8, a, aOffset + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(OF_8, a, aOffset + at + 32, ORDER);
            low = x.fma(FloatVector.fromMemorySegment(OF_8, b, bOffset + at, ORDER), low);
            high = y.fma(FloatVector.fromMemorySegment(OF_8, b, bOffset + at + 32, ORDER), high);
        }
        low.intoArray(lanes, 0);
        high.intoArray(lanes, 8);
    }

    private static void addWithFourVectors(
            float[] lanes, MemorySegment a, long aOffset, MemorySegment b, long bOffset, int n) {
        FloatVector first = FloatVector.zero(OF_4);
        FloatVector second = first;
        FloatVector third = first;
        FloatVector fourth = first;
        for (int i = 0; i < n; i += Kernels.LANES) {
            long x = aOffset + (long) i * Float.BYTES;
            long y = bOffset + (long) i * Float.BYTES;
            first = FloatVector.fromMemorySegment(OF_4, a, x, ORDER)
                    .fma(FloatVector.fromMemorySegment(OF_4, b, y, ORDER), first);
            second = FloatVector.fromMemorySegment(OF_4, a, x + 16, ORDER)
                    .fma(FloatVector.fromMemorySegment(OF_4, b, y + 16, ORDER), second);
            third = FloatVector.fromMemorySegment(OF_4, a, x + 32, ORDER)
                    .fma(FloatVector.fromMemorySegment(OF_4, b, y + 32, ORDER), third);
            fourth = FloatVector.fromMemorySegment(OF_4, a, x + 48, ORDER)
                    .fma(FloatVector.fromMemorySegment(OF_4, b, y + 48, ORDER), fourth);
        }
        first.intoArray(lanes, 0);
        second.intoArray(lanes, 4);
        third.intoArray(lanes, 8);
        fourth.intoArray(lanes, 12);
    }
}
