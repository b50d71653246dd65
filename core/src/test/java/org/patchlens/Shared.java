package org.patchlens;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.patchlens.build.Repository;

/// The real images and models that are not part of the project.
///
/// They lie where the system property or environment variable `PATCHLENS_SHARED` says, by default in `../shared`.
/// A test that asks for one of them is reported as skipped, with the reason, where it is absent.
public final class Shared {
    private Shared() {}

    /// A file or folder of the shared data; skips the calling test if it is not there.
    public static Path path(String relative) {
        Path path = root().resolve(relative);
        assumeTrue(Files.exists(path), () -> "SKIPPED: " + path + " is absent; set PATCHLENS_SHARED to run this test");
        return path;
    }

    private static Path root() {
        String property = System.getProperty("PATCHLENS_SHARED");
        String chosen = property != null ? property : System.getenv("PATCHLENS_SHARED");
        return Objects.requireNonNullElse(chosen, "").isEmpty()
                ? Repository.root().resolveSibling("shared")
                : Path.of(Objects.requireNonNull(chosen)).toAbsolutePath().normalize();
    }
}
