package org.patchlens.model.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;

/// The files that hold weights: how long they are, and the checksum by which they are recognised again.
public final class WeightFiles {
    private WeightFiles() {}

    /// The SHA-256 of one file, 64 lower-case hexadecimal digits; of several files that of their checksums, as
    /// bytes one after another.
    public static String sha256(List<Path> files) {
        String checksums = files.stream().map(WeightFiles::checksum).collect(Collectors.joining());
        return files.size() == 1
                ? checksums
                : ContentDigest.sha256(HexFormat.of().parseHex(checksums));
    }

    /// The length of all files together, in bytes.
    public static long bytes(List<Path> files) {
        return files.stream().mapToLong(WeightFiles::size).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String checksum(Path file) {
        try {
            return ContentDigest.sha256(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static PatchlensException unreadable(Path file, IOException e) {
        return PatchlensException.badData(file.toString(), "the file cannot be read: " + e.getMessage(), "")
                .causedBy(e);
    }
}
