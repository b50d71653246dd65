package org.patchlens.model.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder of downloaded models; its layout stands in the package's documentation.
///
/// @param folder that holds all models
public record HubCache(Path folder) {
    private static final int LONGEST_REF = 100;

    private Path model(ModelName name) {
        return folder.resolve("models--" + name.owner() + "--" + name.name());
    }

    Path blob(ModelName name, String etag) {
        return model(name).resolve("blobs").resolve(etag);
    }

    Path lock(ModelName name, String etag) {
        return folder.resolve(".locks")
                .resolve("models--" + name.owner() + "--" + name.name())
                .resolve(etag + ".lock");
    }

    Path snapshot(ModelName name, String commit) {
        return model(name).resolve("snapshots").resolve(commit);
    }

    /// The commit that a revision stood for when it was last asked for.
    Optional<String> commit(ModelName name) {
        if (name.isCommit()) {
            return Optional.of(name.revision());
        }
        Path ref = model(name).resolve("refs").resolve(name.revision());
        try {
            if (!Files.isRegularFile(ref) || Files.size(ref) > LONGEST_REF) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(ref, StandardCharsets.UTF_8).strip())
                    .filter(ModelName::isCommit);
        } catch (IOException e) {
            return Optional.empty(); // as if it had never been asked for
        }
    }

    /// The folder or file of a model that is wholly there.
    public Optional<Path> find(ModelName name) {
        return commit(name).flatMap(commit -> WantedFiles.usable(snapshot(name, commit)));
    }

    /// Makes a blob a file of a snapshot: a link, or a copy where the system has no links.
    void place(ModelName name, String commit, String path, Path blob) throws IOException {
        Path file = snapshot(name, commit).resolve(path);
        Path folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path temporary = temporary(file);
        Files.deleteIfExists(temporary);
        try {
            Files.createSymbolicLink(temporary, folder.relativize(blob));
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(blob, temporary);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Notes what a branch or tag stands for.
    void note(ModelName name, String commit) throws IOException {
        if (!name.isCommit()) {
            Path ref = model(name).resolve("refs").resolve(name.revision());
            Files.createDirectories(ref.getParent());
            Path temporary = temporary(ref);
            Files.writeString(temporary, commit, StandardCharsets.UTF_8);
            Files.move(temporary, ref, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    /// A revision of a model in the cache.
    ///
    /// @param name with the commit as its revision
    /// @param path of the folder or ONNX file, if all that Patchlens needs is there
    /// @param bytes of its files
    public record Entry(ModelName name, Optional<Path> path, long bytes) {}

    /// All revisions of all models, by name.
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Path model : children(folder)) {
            String[] parts = model.getFileName().toString().split("--", -1);
            if (parts.length == 3 && parts[0].equals("models")) {
                for (Path snapshot : children(model.resolve("snapshots"))) {
                    ModelName.find(parts[1] + "/" + parts[2] + "@" + snapshot.getFileName())
                            .ifPresent(
                                    name -> entries.add(new Entry(name, WantedFiles.usable(snapshot), size(snapshot))));
                }
            }
        }
        return entries;
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            return List.of(); // a folder that one may not look into holds nothing to use
        }
    }

    private static long size(Path snapshot) {
        try (Stream<Path> files = Files.walk(snapshot, 5)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
