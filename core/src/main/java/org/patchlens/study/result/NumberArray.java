package org.patchlens.study.result;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.patchlens.tensor.FloatMatrix;

/// Numbers of one type in an array of some shape, little-endian, in C order: what a file or a response carries.
///
/// The memory is not copied: who passes it in must not change it any more.
///
/// @param type of a number
/// @param shape of the array, the first dimension outermost; at least one dimension
/// @param data all numbers
public record NumberArray(Type type, List<Integer> shape, MemorySegment data) {
    private static final ValueLayout.OfInt INTEGER = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// The types of numbers.
    public enum Type {
        /// 32-bit floats.
        F32("<f4"),
        /// Signed integers of 32 bits.
        I32("<i4");

        /// The bytes of a number.
        static final int BYTES = 4;

        private final String npyDescriptor;

        Type(String npyDescriptor) {
            this.npyDescriptor = npyDescriptor;
        }

        /// As NumPy calls the type.
        public String npyDescriptor() {
            return npyDescriptor;
        }
    }

    public NumberArray {
        shape = List.copyOf(shape);
        long bytes = Type.BYTES;
        for (int dimension : shape) {
            bytes = Math.multiplyExact(bytes, (long) dimension);
        }
        if (shape.isEmpty() || bytes != data.byteSize()) {
            throw new IllegalArgumentException(data.byteSize() + " bytes for an array of " + shape);
        }
    }

    /// A matrix, `float[rows][columns]`.
    public static NumberArray of(FloatMatrix matrix) {
        return new NumberArray(Type.F32, List.of(matrix.rows(), matrix.columns()), matrix.segment());
    }

    /// A list of whole numbers, `int[n]`.
    public static NumberArray of(List<Integer> numbers) {
        MemorySegment data = MemorySegment.ofArray(new byte[Math.multiplyExact(numbers.size(), Type.BYTES)]);
        long at = 0;
        for (int number : numbers) {
            data.set(INTEGER, at, number);
            at += Type.BYTES;
        }
        return new NumberArray(Type.I32, List.of(numbers.size()), data);
    }

    /// The matrix that this array is.
    ///
    /// @throws IllegalStateException if it is no matrix of floats
    public FloatMatrix matrix() {
        if (type != Type.F32 || shape.size() != 2) {
            throw new IllegalStateException("no matrix of floats: " + this);
        }
        return FloatMatrix.over(data, shape.get(0), shape.get(1));
    }

    /// How many numbers.
    public long size() {
        return data.byteSize() / Type.BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberArray that
                && type == that.type
                && shape.equals(that.shape)
                && data.mismatch(that.data) == -1;
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + shape.hashCode();
    }

    @Override
    public String toString() {
        return "NumberArray[" + type + ", " + shape + "]";
    }
}
