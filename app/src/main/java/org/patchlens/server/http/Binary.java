package org.patchlens.server.http;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.patchlens.study.result.NumberArray;

/// Numbers as they travel: little-endian, in C order; type, shape and range in header fields.
///
/// @param type of a number
/// @param shape of the array, the first dimension outermost
/// @param range of the values that bytes stand for: `low + byte / 255 * (high - low)`
/// @param missing the byte that stands for no value
/// @param bytes all numbers; not copied
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
public record Binary(Type type, List<Integer> shape, Optional<Range> range, Optional<Integer> missing, byte[] bytes) {

    /// The types of numbers.
    public enum Type {
        /// 32-bit floats.
        F32,
        /// Unsigned bytes.
        U8,
        /// Signed integers of 32 bits.
        I32
    }

    /// What the bytes 0 and 255 stand for.
    ///
    /// @param low of byte 0
    /// @param high of byte 255
    public record Range(float low, float high) {}

    public Binary {
        shape = List.copyOf(shape);
    }

    /// Floats as they are.
    public static Binary floats(float[] values, Integer... shape) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return new Binary(Type.F32, List.of(shape), Optional.empty(), Optional.empty(), buffer.array());
    }

    /// Bytes that stand for values of a range.
    public static Binary bytes(byte[] values, Range range, List<Integer> shape) {
        return new Binary(Type.U8, shape, Optional.of(range), Optional.empty(), values);
    }

    /// Plain bytes, such as pixels.
    public static Binary pixels(byte[] values, Integer... shape) {
        return new Binary(Type.U8, List.of(shape), Optional.empty(), Optional.empty(), values);
    }

    /// The same numbers, one byte of which stands for no value.
    public Binary withMissing(int missingByte) {
        return new Binary(type, shape, range, Optional.of(missingByte), bytes);
    }

    /// A saved array.
    public static Binary of(NumberArray array) {
        Type type = switch (array.type()) {
            case F32 -> Type.F32;
            case I32 -> Type.I32;
        };
        MemorySegment data = array.data();
        return new Binary(type, array.shape(), Optional.empty(), Optional.empty(), data.toArray(ValueLayout.JAVA_BYTE));
    }
}
