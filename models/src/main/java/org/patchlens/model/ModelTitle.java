package org.patchlens.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a model is called: a downloaded one by its name on the hub, any other by its folder or file.
final class ModelTitle {
    /// A snapshot in the cache of a hub: models--owner--name/snapshots/commit.
    private static final Pattern SNAPSHOT =
            Pattern.compile(".*/models--([^/]+?)--([^/]+)/snapshots/([0-9a-f]{12})[0-9a-f]{28}(?:/.*)?");

    private ModelTitle() {}

    /// `owner/name@commit` with the first 12 digits of the commit, or the last part of the path.
    static String of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Matcher snapshot = SNAPSHOT.matcher(whole.toString().replace('\\', '/'));
        if (snapshot.matches()) {
            return snapshot.group(1) + "/" + snapshot.group(2) + "@" + snapshot.group(3);
        }
        return Objects.requireNonNullElse(whole.getFileName(), whole).toString();
    }
}
