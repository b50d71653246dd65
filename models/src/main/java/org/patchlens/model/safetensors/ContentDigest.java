package org.patchlens.model.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What files of models are recognised by, as lower-case hexadecimal digits.
public final class ContentDigest {
    private static final int CHUNK = 1 << 20;

    private ContentDigest() {}

    /// SHA-256 of bytes, 64 digits.
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(algorithm("SHA-256").digest(content));
    }

    /// SHA-256 of a file, 64 digits.
    public static String sha256(Path file) throws IOException {
        return digest(algorithm("SHA-256"), file);
    }

    /// The name that Git has for the content of a file: SHA-1 with the length before it, 40 digits.
    public static String gitBlob(Path file) throws IOException {
        MessageDigest digest = algorithm("SHA-1");
        digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
        return digest(digest, file);
    }

    private static String digest(MessageDigest digest, Path file) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
