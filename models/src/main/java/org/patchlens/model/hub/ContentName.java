package org.patchlens.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The names that a hub gives to contents: SHA-256 of large files, Git's blob SHA-1 of small ones.
final class ContentName {
    private static final int CHUNK = 1 << 20;

    private ContentName() {}

    /// Whether the bytes of a file are those that a name stands for; a name of another kind tells nothing and
    /// matches.
    static boolean matches(Path file, String name) throws IOException {
        if (name.matches("[0-9a-f]{64}")) {
            return digest(algorithm("SHA-256"), file).equals(name);
        }
        if (name.matches("[0-9a-f]{40}")) {
            MessageDigest git = algorithm("SHA-1");
            git.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
            return digest(git, file).equals(name);
        }
        return true;
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
