package org.patchlens.demo;

import java.nio.file.Path;

/// Where the demo keeps what it makes: three folders side by side.
///
/// @param study the study
/// @param images the phantoms
/// @param figures pictures of the results
public record DemoFolders(Path study, Path images, Path figures) {
    /// Beside a study.
    public static DemoFolders of(Path study) {
        Path whole = study.toAbsolutePath().normalize();
        String name = String.valueOf(whole.getFileName());
        return new DemoFolders(study, whole.resolveSibling(name + "-images"), whole.resolveSibling(name + "-figures"));
    }
}
