package org.patchlens.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.study.result.NumberArray;
import org.patchlens.study.result.ResultContent;

/// Writes the arrays of a result as `.npy`: the first to the file that was named, the others beside it under names
/// that end with theirs, such as `map.npy` and `map-patches.npy`.
final class ArrayFiles {
    private static final String ENDING = ".npy";
    private static final String FIGURES = "figures-";
    private static final int CHUNK = 1 << 20;

    private ArrayFiles() {}

    /// Writes all arrays but those that only figures have.
    ///
    /// @return the files, in the order of the arrays
    /// @throws PatchlensException if the file is not called `.npy`, or the result has no arrays
    static List<Path> write(Path file, ResultContent content) {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, NumberArray> entry : content.arrays().entrySet()) {
            if (!entry.getKey().startsWith(FIGURES)) {
                Path target =
                        written.isEmpty() ? file : file.resolveSibling(stem(file) + "-" + entry.getKey() + ENDING);
                write(target, entry.getValue());
                written.add(target);
            }
        }
        if (written.isEmpty()) {
            throw PatchlensException.usage("npy " + file, "this result has no arrays", "Use --json");
        }
        return written;
    }

    /// Refuses a name that NumPy would not read, before work is done for it.
    static void check(Path file) {
        if (!name(file).endsWith(ENDING)) {
            throw PatchlensException.usage("npy " + file, "must end with .npy", "");
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    private static String stem(Path file) {
        return name(file).substring(0, name(file).length() - ENDING.length());
    }

    private static void write(Path file, NumberArray array) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.wrap(new NpyHeader(array.type().npyDescriptor(), array.shape()).bytes()));
            long bytes = array.data().byteSize();
            for (long at = 0; at < bytes; at += CHUNK) {
                write(
                        channel,
                        array.data().asSlice(at, Math.min(CHUNK, bytes - at)).asByteBuffer());
            }
        } catch (IOException e) {
            throw PatchlensException.badData(file.toString(), "cannot be written: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
