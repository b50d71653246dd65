package org.patchlens.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.patchlens.PatchlensException;

/// A safetensors file whose header has been verified: 8 bytes with the header's length (unsigned, little-endian),
/// the header as JSON, then the data of all tensors one after another.
///
/// @param file the real file, links resolved
/// @param tensors in the order of their data
public record SafetensorsFile(Path file, List<StoredTensor> tensors) {
    /// The longest header that the format's own library accepts, in bytes.
    public static final long LONGEST_HEADER = 100_000_000;

    private static final int LENGTH_BYTES = 8;

    public SafetensorsFile {
        tensors = List.copyOf(tensors);
    }

    /// Reads and verifies the header; the data are not touched.
    ///
    /// @param path the file or a link to it, as the cache of the Hugging Face hub has them
    /// @throws PatchlensException if the file cannot be read or its header does not describe it
    public static SafetensorsFile open(Path path) {
        try {
            Path real = path.toRealPath();
            if (!Files.isRegularFile(real)) {
                throw PatchlensException.badData(path.toString(), "this is not a file", "");
            }
            try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ)) {
                long fileBytes = channel.size();
                byte[] header = readHeader(path, channel, fileBytes);
                return new SafetensorsFile(
                        real, new HeaderParser(path, real, LENGTH_BYTES + header.length, fileBytes).parse(header));
            }
        } catch (NoSuchFileException e) {
            throw PatchlensException.badData(path.toString(), "there is no such file", "")
                    .causedBy(e);
        } catch (IOException e) {
            throw PatchlensException.badData(path.toString(), "the file cannot be read: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    private static byte[] readHeader(Path path, FileChannel channel, long fileBytes) throws IOException {
        if (fileBytes < LENGTH_BYTES) {
            throw damaged(path, "it has " + fileBytes + " bytes, and the length of a header alone takes 8");
        }
        long length = read(path, channel, 0, LENGTH_BYTES).getLong();
        if (length < 0 || length > LONGEST_HEADER) {
            throw damaged(
                    path,
                    "its header would be " + Long.toUnsignedString(length) + " bytes long; the format allows "
                            + LONGEST_HEADER);
        }
        if (length > fileBytes - LENGTH_BYTES) {
            throw damaged(path, "its header would end beyond the file: " + length + " of " + fileBytes + " bytes");
        }
        return read(path, channel, LENGTH_BYTES, (int) length).array();
    }

    private static ByteBuffer read(Path path, FileChannel channel, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw damaged(path, "it became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    private static PatchlensException damaged(Path path, String reason) {
        return PatchlensException.badData(
                path.toString(), "this is not a whole safetensors file: " + reason, "Download it again");
    }
}
