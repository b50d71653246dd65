package org.patchlens.extract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.patchlens.study.disk.Checksum;

/// Compares folders byte for byte.
final class Trees {
    private Trees() {}

    /// The checksum of every file below a folder, by its relative path. The lock file is left out: it is empty and
    /// says nothing.
    static SortedMap<String, String> checksums(Path folder) {
        SortedMap<String, String> checksums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.endsWith(".lock")) {
                    checksums.put(name, Checksum.of(file));
                }
            }
            return checksums;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
