package org.patchlens.model.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.patchlens.PatchlensException;

/// The files that hold weights: how long they are, and the checksum by which they are recognised again.
public final class WeightFiles {
    private static final int CHUNK = 1 << 20;

    private WeightFiles() {}

    /// The SHA-256 of one file, 64 lower-case hexadecimal digits; of several files that of their checksums, as
    /// bytes one after another.
    public static String sha256(List<Path> files) {
        List<byte[]> digests = files.stream().map(WeightFiles::digest).toList();
        if (digests.size() == 1) {
            return HexFormat.of().formatHex(digests.getFirst());
        }
        MessageDigest all = algorithm();
        digests.forEach(all::update);
        return HexFormat.of().formatHex(all.digest());
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

    private static byte[] digest(Path file) {
        MessageDigest digest = algorithm();
        byte[] chunk = new byte[CHUNK];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return digest.digest();
    }

    private static PatchlensException unreadable(Path file, IOException e) {
        return PatchlensException.badData(file.toString(), "the file cannot be read: " + e.getMessage(), "")
                .causedBy(e);
    }

    private static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
