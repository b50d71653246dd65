package org.patchlens.model;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/// The small models and golden files of these tests; `tools/reference/vit.py` writes them.
public final class Resources {
    private Resources() {}

    /// A file or folder beside the test classes of this package.
    public static Path path(String name) {
        URL url = Resources.class.getResource(name);
        if (url == null) {
            throw new AssertionError("no " + name + " among the test's resources");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
