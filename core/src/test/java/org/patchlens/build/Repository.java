package org.patchlens.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The checkout that the tests run in.
public final class Repository {
    private Repository() {}

    /// The folder that holds the parent `pom.xml`.
    public static Path root() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("patchlens.root"), ".."))
                .toAbsolutePath()
                .normalize();
    }

    /// Every file of the checkout with this name ending, build folders and hidden folders left out, sorted.
    public static List<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(path -> path.toString().endsWith(ending))
                    .filter(Repository::isOurs)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path path) {
        for (Path name : root().relativize(path)) {
            String folder = name.toString();
            if (folder.equals("target") || folder.equals("node_modules") || folder.startsWith(".")) {
                return false;
            }
        }
        return true;
    }
}
