package org.patchlens.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.model.bundled.BundledModel;
import org.patchlens.model.hub.Hub;
import org.patchlens.model.hub.HubSettings;
import org.patchlens.model.hub.ModelName;

/// What users mean by a model: a folder, a file, the model that comes along, or a name on a hub.
///
/// @param terminal where a download is shown
record ModelArgument(Terminal terminal) {
    private static final TerminalProgress.Work WORK =
            new TerminalProgress.Work("download", "kB", "Run the same command again to go on.");

    /// The folder or file; a model that is named and not in the cache is downloaded first.
    Path path(String text) {
        Path path = given(text);
        if (text.equals(BundledModel.NAME) && !Files.exists(path)) {
            return bundled();
        }
        Optional<ModelName> name = Files.exists(path) ? Optional.empty() : ModelName.find(text);
        if (name.isEmpty()) {
            return path;
        }
        Path found = pulled(name.get());
        terminal.err().println("model " + name.get() + ": " + found);
        return found;
    }

    private Path bundled() {
        return BundledModel.folder(BundledModel.cache(terminal.environment(), home()));
    }

    private static Path given(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw PatchlensException.usage(text, "this is neither a path nor owner/name of a model", "")
                    .causedBy(e);
        }
    }

    private Path pulled(ModelName name) {
        try (WorkSession session = new WorkSession(terminal, WORK)) {
            return hub().get(name, session);
        }
    }

    /// Fetches what a name stands for now.
    Hub.Pulled pull(ModelName name) {
        try (WorkSession session = new WorkSession(terminal, WORK)) {
            return hub().pull(name, session);
        }
    }

    /// The hub of this environment.
    Hub hub() {
        return new Hub(HubSettings.of(terminal.environment(), home()));
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }
}
