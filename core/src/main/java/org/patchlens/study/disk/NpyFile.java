package org.patchlens.study.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.patchlens.PatchlensException;

/// Maps npy files whose shape is known beforehand.
public final class NpyFile {
    private NpyFile() {}

    /// Maps the elements of an array.
    ///
    /// @param header what the file must begin with
    /// @param elementBytes the size of an element
    /// @param arena ends the mapping
    /// @return the elements, without the header
    /// @throws PatchlensException if the file has another header or length
    public static MemorySegment map(Path file, NpyHeader header, int elementBytes, Arena arena) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long expected = header.fileBytes(elementBytes);
            long found = channel.size();
            if (found != expected) {
                throw PatchlensException.badData(
                        file.toString(),
                        "has " + found + " bytes; an array " + header.dictionary() + " has " + expected,
                        "The file is truncated or foreign: run patchlens info --verify on the study.");
            }
            MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, found, arena);
            check(file, header, whole);
            return whole.asSlice(NpyHeader.BYTES);
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
    }

    /// Maps the elements of an array for as long as anything refers to them.
    ///
    /// @param header what the file must begin with
    /// @param elementBytes the size of an element
    /// @throws PatchlensException if the file has another header or length
    public static MemorySegment map(Path file, NpyHeader header, int elementBytes) {
        return map(file, header, elementBytes, Arena.ofAuto());
    }

    private static void check(Path file, NpyHeader header, MemorySegment whole) {
        byte[] head = whole.asSlice(0, NpyHeader.BYTES).toArray(ValueLayout.JAVA_BYTE);
        if (!Arrays.equals(head, header.bytes())) {
            throw PatchlensException.badData(
                    file.toString(),
                    "starts with " + NpyHeader.describe(head) + "; expected is " + header.dictionary(),
                    "The file is foreign: run patchlens info --verify on the study.");
        }
    }
}
