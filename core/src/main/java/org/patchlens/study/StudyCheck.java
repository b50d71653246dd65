package org.patchlens.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;

/// Compares every file of a study with its checksum.
final class StudyCheck {
    private final StudyFolder folder;
    private final List<String> problems = new ArrayList<>();
    private int files;
    private long bytes;

    private StudyCheck(StudyFolder folder) {
        this.folder = folder;
    }

    static VerifyReport of(StudyFolder folder, SortedMap<Integer, ShardIndex> shards, Optional<Checksums> checksums) {
        TreeMap<String, String> expected = new TreeMap<>();
        shards.forEach((number, index) -> index.arrays()
                .forEach(array -> expected.put(Checksums.name(folder, number) + array.name(), array.sha256())));
        checksums.ifPresent(listed -> expected.putAll(listed.files()));
        StudyCheck check = new StudyCheck(folder);
        for (Map.Entry<String, String> file : expected.entrySet()) {
            check.compare(file.getKey(), file.getValue());
        }
        for (int shard : shards.keySet()) {
            check.findForeign(shard, expected);
        }
        return new VerifyReport(check.files, check.bytes, check.problems);
    }

    private void compare(String name, String expected) {
        Path file = folder.root().resolve(name);
        if (!Files.isRegularFile(file)) {
            problems.add(name + " is missing.");
            return;
        }
        try {
            files++;
            bytes += Files.size(file);
            String found = Checksum.of(file);
            if (!found.equals(expected)) {
                problems.add(
                        name + " is not what was written: its sha256 is " + found + ", expected is " + expected + ".");
            }
        } catch (IOException e) {
            problems.add(String.valueOf(DiskProblem.reading(file, e).getMessage()));
        }
    }

    private void findForeign(int shard, Map<String, String> expected) {
        for (Path file : StudyFolder.list(folder.shard(shard))) {
            String name = Checksums.name(folder, shard) + file.getFileName();
            if (!expected.containsKey(name) && !name.endsWith("/" + StudyFolder.SHARD_INDEX)) {
                problems.add(name + " is not of the study.");
            }
        }
    }
}
