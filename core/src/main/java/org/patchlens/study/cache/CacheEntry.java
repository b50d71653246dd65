package org.patchlens.study.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DurableFiles;
import org.patchlens.study.disk.JsonFields;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One folder of the cache.
///
/// @param folder of the entry
record CacheEntry(Path folder) {
    private static final String INDEX = "entry.json";
    private static final int LONGEST_INDEX = 1 << 20;
    private static final int MOST_FILES = 256;
    private static final int LONGEST_NAME = 200;

    /// Writes down what the folder holds, and forces all of it to the disk.
    void seal(CacheKey key) throws IOException {
        ObjectNode json = JsonFields.object();
        json.put("format", "patchlens-cache");
        json.set("key", key.toJson());
        ArrayNode listed = json.putArray("files");
        for (Path file : files()) {
            DurableFiles.sync(file);
            listed.addObject()
                    .put("name", file.getFileName().toString())
                    .put("bytes", Files.size(file))
                    .put("sha256", Checksum.of(file));
        }
        DurableFiles.writeAndSync(folder.resolve(INDEX), JsonFields.write(json));
        DurableFiles.sync(folder);
    }

    /// Whether every byte is as it was sealed for this key.
    boolean isWhole(CacheKey key) {
        try {
            JsonFields index = JsonFields.read(folder.resolve(INDEX), LONGEST_INDEX);
            if (!index.object("key").node().equals(key.toJson())) {
                return false;
            }
            List<JsonFields> listed = index.objects("files", MOST_FILES);
            for (JsonFields file : listed) {
                if (!isWhole(file)) {
                    return false;
                }
            }
            return listed.size() == files().size();
        } catch (PatchlensException | IOException e) {
            return false;
        }
    }

    private boolean isWhole(JsonFields listed) throws IOException {
        String name = listed.text("name", LONGEST_NAME);
        if (!name.matches("[A-Za-z0-9._-]+")) {
            return false;
        }
        Path file = folder.resolve(name);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == listed.number("bytes", 0, Long.MAX_VALUE)
                && Checksum.of(file).equals(listed.sha256("sha256"));
    }

    /// All files but the index, sorted.
    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> !file.getFileName().toString().equals(INDEX))
                    .sorted()
                    .toList();
        }
    }

    /// The size of all files, 0 if they are going.
    long bytes() {
        try (Stream<Path> found = Files.list(folder)) {
            return found.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /// When it was last of use, in milliseconds since 1970.
    long lastUsed() {
        return folder.resolve(INDEX).toFile().lastModified();
    }

    /// Remembers that it is of use.
    void touch(long now) {
        // a study that may only be read keeps its old times; then nothing is removed from it either
        boolean _ = folder.resolve(INDEX).toFile().setLastModified(now);
    }
}
