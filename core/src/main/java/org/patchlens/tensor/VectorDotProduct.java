package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Many numbers at a time, each in the lane where the definition wants it.
///
/// A record, since the compiler takes the components of a constant record for constants: the species must be one,
/// or every vector becomes an object. For the same reason no vector leaves its method.
///
/// @param species of 4, 8 or 16 floats
record VectorDotProduct(VectorSpecies<Float> species) implements DotProduct {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    VectorDotProduct {
        if (species.length() != 4 && species.length() != 8 && species.length() != 16) {
            throw new IllegalArgumentException("vectors of " + species.length() + " floats");
        }
    }

    /// The widest vectors of this machine up to 512 bits; without vectors of 128 bits or more, none.
    static DotProduct preferred() {
        VectorSpecies<Float> widest = FloatVector.SPECIES_PREFERRED;
        if (widest.length() < 4) {
            return new ScalarDotProduct();
        }
        return new VectorDotProduct(widest.length() > 16 ? FloatVector.SPECIES_512 : widest);
    }

    @Override
    public float of(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int length) {
        float[] lanes = new float[Kernels.LANES];
        int whole = length - length % Kernels.LANES;
        switch (species.length()) {
            case 16 -> addWithOneVector(lanes, a, aOffset, b, bOffset, whole);
            case 8 -> addWithTwoVectors(lanes, a, aOffset, b, bOffset, whole);
            default -> addWithFourVectors(lanes, a, aOffset, b, bOffset, whole);
        }
        ScalarDotProduct.add(lanes, a, aOffset, b, bOffset, whole, length);
        return DotProduct.sum(lanes);
    }

    private void addWithOneVector(float[] lanes, MemorySegment a, long aOffset, MemorySegment b, long bOffset, int n) {
        FloatVector sum = FloatVector.zero(species);
        for (int i = 0; i < n; i += Kernels.LANES) {
            long at = (long) i * Float.BYTES;
            FloatVector x = FloatVector.fromMemorySegment(species, a, aOffset + at, ORDER);
            sum = x.fma(FloatVector.fromMemorySegment(species, b, bOffset + at, ORDER), sum);
        }
        sum.intoArray(lanes, 0);
    }

    private void addWithTwoVectors(float[] lanes, MemorySegment a, long aOffset, MemorySegment b, long bOffset, int n) {
        FloatVector low = FloatVector.zero(species);
        FloatVector high = low;
        for (int i = 0; i < n; i += Kernels.LANES) {
            long at = (long) i * Float.BYTES;
            FloatVector x = FloatVector.fromMemorySegment(species, a, aOffset + at, ORDER);
            FloatVector y = FloatVector.fromMemorySegment(species, a, aOffset + at + 32, ORDER);
            low = x.fma(FloatVector.fromMemorySegment(species, b, bOffset + at, ORDER), low);
            high = y.fma(FloatVector.fromMemorySegment(species, b, bOffset + at + 32, ORDER), high);
        }
        low.intoArray(lanes, 0);
        high.intoArray(lanes, 8);
    }

    private void addWithFourVectors(
            float[] lanes, MemorySegment a, long aOffset, MemorySegment b, long bOffset, int n) {
        FloatVector first = FloatVector.zero(species);
        FloatVector second = first;
        FloatVector third = first;
        FloatVector fourth = first;
        for (int i = 0; i < n; i += Kernels.LANES) {
            long x = aOffset + (long) i * Float.BYTES;
            long y = bOffset + (long) i * Float.BYTES;
            first = FloatVector.fromMemorySegment(species, a, x, ORDER)
                    .fma(FloatVector.fromMemorySegment(species, b, y, ORDER), first);
            second = FloatVector.fromMemorySegment(species, a, x + 16, ORDER)
                    .fma(FloatVector.fromMemorySegment(species, b, y + 16, ORDER), second);
            third = FloatVector.fromMemorySegment(species, a, x + 32, ORDER)
                    .fma(FloatVector.fromMemorySegment(species, b, y + 32, ORDER), third);
            fourth = FloatVector.fromMemorySegment(species, a, x + 48, ORDER)
                    .fma(FloatVector.fromMemorySegment(species, b, y + 48, ORDER), fourth);
        }
        first.intoArray(lanes, 0);
        second.intoArray(lanes, 4);
        third.intoArray(lanes, 8);
        fourth.intoArray(lanes, 12);
    }
}
