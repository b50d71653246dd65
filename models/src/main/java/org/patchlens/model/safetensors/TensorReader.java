package org.patchlens.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;

/// Reads the few small tensors that are needed before a graph runs.
public final class TensorReader {
    private TensorReader() {}

    /// The numbers of a tensor as 32-bit floats.
    ///
    /// @param rows of the matrix
    /// @param columns of the matrix; rows x columns is the tensor's number of elements
    public static FloatMatrix read(StoredTensor tensor, int rows, int columns) {
        if (tensor.elements() != (long) rows * columns) {
            throw new IllegalArgumentException(tensor + " as " + rows + " x " + columns);
        }
        ByteBuffer bytes = bytes(tensor);
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, next(tensor.type(), bytes));
            }
        }
        return matrix;
    }

    private static float next(TensorType type, ByteBuffer bytes) {
        return switch (type) {
            case F32 -> bytes.getFloat();
            case F16 -> Float.float16ToFloat(bytes.getShort());
            // the upper half of a 32-bit float
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case BOOL,
                    F4,
                    F6_E2M3,
                    F6_E3M2,
                    U8,
                    I8,
                    F8_E5M2,
                    F8_E4M3,
                    F8_E8M0,
                    F8_E4M3FNUZ,
                    F8_E5M2FNUZ,
                    I16,
                    U16,
                    I32,
                    U32,
                    C64,
                    F64,
                    I64,
                    U64 -> throw new IllegalArgumentException("weights of type " + type);
        };
    }

    private static ByteBuffer bytes(StoredTensor tensor) {
        if (tensor.bytes() > Integer.MAX_VALUE - 8) {
            throw PatchlensException.badData(
                    tensor.file().toString(), "the tensor " + tensor.name() + " is larger than 2 GiB", "");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, tensor.offset() + bytes.position()) < 0) {
                    throw PatchlensException.badData(
                            tensor.file().toString(),
                            "the file ends inside the tensor " + tensor.name(),
                            "Download it again");
                }
            }
        } catch (IOException e) {
            throw PatchlensException.badData(tensor.file().toString(), "the file cannot be read: " + e.getMessage(), "")
                    .causedBy(e);
        }
        return bytes.flip();
    }
}
