package org.patchlens.model.bundled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.patchlens.PatchlensException;

/// `patchlens-tiny`: a small Vision Transformer with registers, trained by this project, for chest images. What it
/// is, what it learned from and how well it does stands in its card, the `README.md` beside its weights.
///
/// Weights are read where they lie, and ONNX Runtime reads files; so the model is copied out of the program once,
/// into a folder whose name tells the version of the weights. Safe for several threads and processes.
public final class BundledModel {
    /// What users, commands and studies call it.
    public static final String NAME = "patchlens-tiny";

    private BundledModel() {}

    /// Where programs of this user keep what can be made again: `XDG_CACHE_HOME`, or `.cache` of the home folder.
    ///
    /// @param environment variables of the process
    /// @param home folder of the user
    public static Path cache(Map<String, String> environment, Path home) {
        return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> home.resolve(".cache"))
                .resolve("patchlens");
    }

    /// A folder with the model, of the kind that every command takes. What lies there is compared with its
    /// checksums, some milliseconds, and written again where it differs.
    ///
    /// @param cache folder that may be written, and need not exist
    /// @return the folder, called [#NAME]
    /// @throws PatchlensException if the cache cannot be written
    public static Path folder(Path cache) {
        BundledFiles files = BundledFiles.read();
        Path folder = cache.resolve("bundled").resolve(files.version()).resolve(NAME);
        try {
            Files.createDirectories(folder);
            files.completeIn(folder);
        } catch (IOException e) {
            throw PatchlensException.badData(
                            folder.toString(),
                            "the model " + NAME + " cannot be kept there: " + e.getMessage(),
                            "Set XDG_CACHE_HOME to a folder that can be written")
                    .causedBy(e);
        }
        return folder;
    }
}
