package org.patchlens.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.patchlens.study.disk.Checksum;

/// A folder as the checksums of its files.
final class FolderBytes {
    private FolderBytes() {}

    /// SHA-256 by name below the folder, hidden files too.
    static SequencedMap<String, String> of(Path folder) {
        SequencedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Checksum.of(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
