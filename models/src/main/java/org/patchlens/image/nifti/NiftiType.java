package org.patchlens.image.nifti;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// The types of voxels that are read, with the codes of the field `datatype`.
enum NiftiType {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    /// Three bytes: red, green, blue.
    RGB24(128, 3),
    /// Two floats: the real and the imaginary part.
    COMPLEX64(32, 8),
    /// Two doubles: the real and the imaginary part.
    COMPLEX128(1792, 16),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8),
    UINT64(1280, 8),
    /// Four bytes: red, green, blue, and an opacity that is left out.
    RGBA32(2304, 4);

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int code;
    private final int bytes;

    NiftiType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /// The type with this code, if it is read.
    static Optional<NiftiType> find(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /// How the standard calls a type that is not read, if it knows the code.
    static Optional<String> nameOfUnread(int code) {
        return switch (code) {
            case 1 -> Optional.of("single bits");
            case 1536 -> Optional.of("float128");
            case 2048 -> Optional.of("complex256");
            default -> Optional.empty();
        };
    }

    /// The size of a voxel.
    int bytes() {
        return bytes;
    }

    /// Whether a voxel is a colour.
    boolean isColour() {
        return this == RGB24 || this == RGBA32;
    }

    /// Whether a voxel is a complex number.
    boolean isComplex() {
        return this == COMPLEX64 || this == COMPLEX128;
    }

    /// The number at an offset, of a complex one the real part. 64-bit integers beyond 2^53 are rounded to the
    /// nearest double.
    ///
    /// @param bigEndian the order of the bytes of one number
    /// @throws IllegalStateException for a colour
    double value(MemorySegment voxels, long offset, boolean bigEndian) {
        return switch (this) {
            case UINT8 -> Byte.toUnsignedInt(voxels.get(ValueLayout.JAVA_BYTE, offset));
            case INT8 -> voxels.get(ValueLayout.JAVA_BYTE, offset);
            case INT16 -> int16(voxels, offset, bigEndian);
            case UINT16 -> Short.toUnsignedInt(int16(voxels, offset, bigEndian));
            case INT32 -> int32(voxels, offset, bigEndian);
            case UINT32 -> Integer.toUnsignedLong(int32(voxels, offset, bigEndian));
            case INT64 -> int64(voxels, offset, bigEndian);
            case UINT64 -> unsigned(int64(voxels, offset, bigEndian));
            case FLOAT32, COMPLEX64 -> Float.intBitsToFloat(int32(voxels, offset, bigEndian));
            case FLOAT64, COMPLEX128 -> Double.longBitsToDouble(int64(voxels, offset, bigEndian));
            case RGB24, RGBA32 -> throw new IllegalStateException("a colour is not a number");
        };
    }

    static short int16(MemorySegment voxels, long offset, boolean bigEndian) {
        short value = voxels.get(SHORT, offset);
        return bigEndian ? Short.reverseBytes(value) : value;
    }

    private static int int32(MemorySegment voxels, long offset, boolean bigEndian) {
        int value = voxels.get(INT, offset);
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    private static long int64(MemorySegment voxels, long offset, boolean bigEndian) {
        long value = voxels.get(LONG, offset);
        return bigEndian ? Long.reverseBytes(value) : value;
    }

    /// The lowest bit of the half is kept sticky, so that the rounding to a double is right.
    private static double unsigned(long value) {
        return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }
}
