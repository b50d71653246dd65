package org.patchlens.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.patchlens.PatchlensException;

/// Finds weights that are no numbers: a run that was stopped by an overflow, or a broken file, leaves NaN or
/// infinity, and every embedding would be NaN.
public final class FiniteWeights {
    private static final int CHUNK = 1 << 20;

    private FiniteWeights() {}

    /// Reads a tensor once, in O(bytes) and one chunk of memory.
    ///
    /// @throws PatchlensException if one of its numbers is NaN or infinite
    public static void require(StoredTensor tensor) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
            for (long done = 0; done < tensor.bytes(); done += chunk.limit()) {
                chunk.clear().limit((int) Math.min(CHUNK, tensor.bytes() - done));
                fill(file, tensor, tensor.offset() + done, chunk);
                if (!isFinite(tensor.type(), chunk.flip())) {
                    throw refused(tensor.file(), tensor.name());
                }
            }
        } catch (IOException e) {
            throw PatchlensException.badData(tensor.file().toString(), "the file cannot be read: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    /// What is said of a tensor with such a number.
    public static PatchlensException refused(Path file, String tensor) {
        return PatchlensException.badData(
                file.toString(),
                "the tensor " + tensor + " holds NaN or infinity, and every embedding would be NaN",
                "Download the model again, or use another checkpoint");
    }

    private static void fill(FileChannel file, StoredTensor tensor, long position, ByteBuffer chunk)
            throws IOException {
        while (chunk.hasRemaining()) {
            if (file.read(chunk, position + chunk.position()) < 0) {
                throw PatchlensException.badData(
                        tensor.file().toString(),
                        "the file ends inside the tensor " + tensor.name(),
                        "Download it again");
            }
        }
    }

    /// Whether all numbers are finite, that is their exponents have a zero bit: the largest magnitude, as a whole
    /// number, tells it of all.
    ///
    /// @param type F32, F16 or BF16
    /// @param chunk in little-endian order
    public static boolean isFinite(TensorType type, ByteBuffer chunk) {
        return switch (type) {
            case F32 -> largestOf32Bits(chunk) < 0x7f80_0000;
            case F16 -> largestOf16Bits(chunk) < 0x7c00;
            case BF16 -> largestOf16Bits(chunk) < 0x7f80;
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

    private static int largestOf32Bits(ByteBuffer chunk) {
        int[] numbers = new int[chunk.remaining() / Integer.BYTES];
        chunk.asIntBuffer().get(numbers);
        int largest = 0;
        for (int number : numbers) {
            largest = Math.max(largest, number & 0x7fff_ffff);
        }
        return largest;
    }

    private static int largestOf16Bits(ByteBuffer chunk) {
        short[] numbers = new short[chunk.remaining() / Short.BYTES];
        chunk.asShortBuffer().get(numbers);
        int largest = 0;
        for (short number : numbers) {
            largest = Math.max(largest, number & 0x7fff);
        }
        return largest;
    }
}
