package org.patchlens.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.DurableFiles;

/// `checksums.sha256`: the SHA-256 of every file of a complete study, as `sha256sum --check` reads it.
///
/// @param files the checksum of each file by its name below the study's folder, `/` between folders, sorted
/// @param bytes of all these files; 0 where the checksums were read back, as they do not tell
record Checksums(SequencedMap<String, String> files, long bytes) {
    private static final String IMAGES = "images.parquet";
    private static final String SEPARATOR = "  ";
    private static final long LONGEST_FILE = 1L << 30;

    /// @param images the table of images under its temporary name
    static Checksums of(StudyFolder folder, Path images, SortedMap<Integer, ShardIndex> shards) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("study.json", Checksum.of(folder.manifest()));
        files.put(IMAGES, Checksum.of(images));
        long bytes = Files.size(folder.manifest()) + Files.size(images);
        for (Map.Entry<Integer, ShardIndex> entry : shards.entrySet()) {
            String shard = name(folder, entry.getKey());
            byte[] index = entry.getValue().toJson();
            files.put(shard + StudyFolder.SHARD_INDEX, Checksum.of(index));
            bytes += index.length;
            for (ShardIndex.Array array : entry.getValue().arrays()) {
                files.put(shard + array.name(), array.sha256());
                bytes += array.bytes();
            }
        }
        return new Checksums(files, bytes);
    }

    /// The name of a shard below the study's folder, with a final `/`.
    static String name(StudyFolder folder, int shard) {
        return "shards/" + folder.shard(shard).getFileName() + "/";
    }

    void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, sha256) ->
                lines.append(sha256).append(SEPARATOR).append(name).append('\n'));
        DurableFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// @throws PatchlensException if the file is missing or no list of checksums
    static Checksums read(Path file) {
        TreeMap<String, String> files = new TreeMap<>();
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw PatchlensException.badData(file.toString(), "is larger than " + LONGEST_FILE + " bytes", "");
            }
            for (String line : Files.readAllLines(file)) {
                if (!line.matches("[0-9a-f]{64}  .+")) {
                    throw PatchlensException.badData(
                            file.toString(), "line " + (files.size() + 1) + " is no SHA-256 and name", "");
                }
                files.put(line.substring(64 + SEPARATOR.length()), line.substring(0, 64));
            }
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
        return new Checksums(files, 0);
    }

    /// @throws PatchlensException if the shards are not those that the table of images was made of
    void checkShards(StudyFolder folder, SortedMap<Integer, ShardIndex> shards) {
        String nextStep = "Run the same extract command again to make what is missing.";
        for (String name : files.keySet()) {
            if (name.endsWith("/" + StudyFolder.SHARD_INDEX)
                    && !Files.exists(folder.root().resolve(name))) {
                throw PatchlensException.badData(
                        folder.root().resolve(name).toString(), "is missing, though the study was complete", nextStep);
            }
        }
        shards.forEach((number, index) -> {
            String name = name(folder, number) + StudyFolder.SHARD_INDEX;
            if (!Checksum.of(index.toJson()).equals(files.get(name))) {
                throw PatchlensException.badData(
                        folder.root().resolve(name).toString(),
                        "is not what " + folder.checksums().getFileName() + " says",
                        nextStep);
            }
        });
    }
}
