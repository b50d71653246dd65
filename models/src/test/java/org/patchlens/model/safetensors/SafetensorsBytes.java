package org.patchlens.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes safetensors files, right and wrong ones.
public final class SafetensorsBytes {
    private SafetensorsBytes() {}

    /// A file with this header and so many bytes of data, all 0.
    static Path write(Path folder, String header, int dataBytes) throws IOException {
        return write(folder, header.getBytes(StandardCharsets.UTF_8).length, header, new byte[dataBytes]);
    }

    /// A file whose header claims any length.
    static Path write(Path folder, long headerLength, String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return Files.write(
                folder.resolve("model.safetensors"),
                ByteBuffer.allocate(8 + text.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(headerLength)
                        .put(text)
                        .put(data)
                        .array());
    }

    /// The same file with spaces after the JSON, which shift all data.
    public static void shift(Path source, Path target, int spaces) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(source)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong());
        ByteBuffer shifted = ByteBuffer.allocate(bytes.capacity() + spaces).order(ByteOrder.LITTLE_ENDIAN);
        shifted.putLong(length + spaces).put(bytes.array(), 8, length);
        shifted.put(" ".repeat(spaces).getBytes(StandardCharsets.UTF_8));
        shifted.put(bytes.array(), 8 + length, bytes.capacity() - 8 - length);
        Files.write(target, shifted.array());
    }

    /// Sets some numbers of a tensor of 32-bit floats in a file.
    ///
    /// @param step between the numbers that are set, from the first on
    public static void fill(Path folder, String tensor, int step, float value) throws IOException {
        StoredTensor stored = Checkpoint.open(folder).find(tensor).orElseThrow();
        byte[] bytes = Files.readAllBytes(stored.file());
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = stored.offset(); at < stored.offset() + stored.bytes(); at += (long) step * Float.BYTES) {
            numbers.putFloat(Math.toIntExact(at), value);
        }
        Files.write(stored.file(), bytes);
    }
}
