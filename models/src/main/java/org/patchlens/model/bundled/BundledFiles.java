package org.patchlens.model.bundled;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchlens.model.safetensors.ContentDigest;

/// The files of the model inside the program, and their checksums.
///
/// @param checksums SHA-256 in lower-case hexadecimal digits, by name of the file
/// @param version changes with any of them: the first digits of the checksum of all checksums
record BundledFiles(SortedMap<String, String> checksums, String version) {
    /// Written by `tools/train/`, in the form of `sha256sum`.
    private static final String LIST = "SHA256SUMS";

    private static final int VERSION_DIGITS = 12;

    /// Reads the list of files.
    static BundledFiles read() {
        SortedMap<String, String> checksums = new TreeMap<>();
        byte[] list;
        try {
            list = bytes(LIST);
        } catch (IOException e) {
            throw new UncheckedIOException("the program is damaged: the list of its model cannot be read", e);
        }
        for (String line : new String(list, StandardCharsets.UTF_8).lines().toList()) {
            String[] words = line.split(" +", 2);
            checksums.put(words[1], words[0]);
        }
        return new BundledFiles(checksums, ContentDigest.sha256(list).substring(0, VERSION_DIGITS));
    }

    /// Writes what is missing in a folder or differs, file by file: whoever reads there at the same time, or
    /// writes the same, meets a whole file under its name or none.
    ///
    /// @throws IOException if that is impossible, or if the program itself is damaged
    void completeIn(Path folder) throws IOException {
        for (String name : checksums.keySet()) {
            Path file = folder.resolve(name);
            if (!isWhole(file, name)) {
                write(name, file);
            }
        }
    }

    private boolean isWhole(Path file, String name) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && ContentDigest.sha256(Files.readAllBytes(file)).equals(checksum(name));
    }

    private void write(String name, Path file) throws IOException {
        byte[] content = bytes(name);
        if (!ContentDigest.sha256(content).equals(checksum(name))) {
            throw new IOException(name + " inside the program is damaged");
        }
        Path temporary = Files.createTempFile(file.getParent(), "." + name, ".tmp");
        try {
            // Not synced: what a crash leaves behind differs from its checksum, and is written again.
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private String checksum(String name) {
        String checksum = checksums.get(name);
        if (checksum == null) {
            throw new IllegalStateException(LIST + " does not list " + name);
        }
        return checksum;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream stream = BundledFiles.class.getResourceAsStream(BundledModel.NAME + "/" + name)) {
            if (stream == null) {
                throw new IOException(name + " is missing inside the program");
            }
            return stream.readAllBytes();
        }
    }
}
