package org.patchlens.model.hub;

import java.io.IOException;
import java.nio.file.Path;
import org.patchlens.model.safetensors.ContentDigest;

/// The names that a hub gives to contents: SHA-256 of large files, Git's blob SHA-1 of small ones.
final class ContentName {
    private ContentName() {}

    /// Whether the bytes of a file are those that a name stands for; a name of another kind tells nothing and
    /// matches.
    static boolean matches(Path file, String name) throws IOException {
        if (name.matches("[0-9a-f]{64}")) {
            return ContentDigest.sha256(file).equals(name);
        }
        if (name.matches("[0-9a-f]{40}")) {
            return ContentDigest.gitBlob(file).equals(name);
        }
        return true;
    }
}
