package org.patchlens.study.result;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.DurableFiles;

/// The results that are kept in a study's folder; safe for several threads and processes.
public final class ResultStore {
    private static final String RESULTS = "results";

    private final Path study;

    /// @param study the folder of a study
    public ResultStore(Path study) {
        this.study = study;
    }

    /// What an entry of the folder of results is.
    ///
    /// @param results that are whole, by analysis and name
    /// @param problems a sentence for each that cannot be read
    public record Listing(List<SavedResult> results, List<String> problems) {
        public Listing {
            results = List.copyOf(results);
            problems = List.copyOf(problems);
        }
    }

    /// All results; one that is damaged hides none of the others.
    public Listing list() {
        List<SavedResult> results = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String now = studySha256();
        for (Path analysis : folders(study.resolve(RESULTS))) {
            for (Path folder : folders(analysis)) {
                try {
                    results.add(SavedJson.read(folder, name(analysis, folder), now));
                } catch (PatchlensException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return new Listing(results, problems);
    }

    private static ResultName name(Path analysis, Path folder) {
        return new ResultName(
                analysis.getFileName().toString(), folder.getFileName().toString());
    }

    /// The visible folders in a folder, sorted; none if it does not exist.
    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw DiskProblem.reading(folder, e);
        }
    }

    /// Opens one result, if it exists.
    ///
    /// @throws PatchlensException if it is damaged
    public Optional<ResultReader> find(ResultName name) {
        Path folder = folder(name);
        return Files.exists(folder.resolve(SavedJson.FILE))
                ? Optional.of(new ResultReader(SavedJson.read(folder, name, studySha256())))
                : Optional.empty();
    }

    /// Opens one result.
    ///
    /// @throws PatchlensException if there is none of this name, or it is damaged
    public ResultReader get(ResultName name) {
        return find(name)
                .orElseThrow(() -> PatchlensException.usage(
                        "result " + name, "is not in the study", "List what there is with patchlens results."));
    }

    /// Whether the name is taken.
    public boolean contains(ResultName name) {
        return Files.exists(folder(name), LinkOption.NOFOLLOW_LINKS);
    }

    /// Refuses a name that is taken, before work is done for it.
    ///
    /// @throws PatchlensException if it is taken
    public void requireFree(ResultName name) {
        if (contains(name)) {
            throw PatchlensException.usage(
                    "result " + name,
                    "exists already",
                    "Give another name, or remove that one with patchlens results --remove.");
        }
    }

    private Path analysis(ResultName name) {
        return study.resolve(RESULTS).resolve(name.analysis());
    }

    private Path folder(ResultName name) {
        return analysis(name).resolve(name.name());
    }

    /// Keeps a result under a name that is free.
    ///
    /// @throws PatchlensException if the name is taken, or the disk does not take it
    public SavedResult save(ResultName name, ResultContent content) {
        return locked(() -> {
            Path folder = folder(name);
            requireFree(name);
            Files.createDirectories(analysis(name));
            removeLeftOvers(analysis(name));
            Path temporary = Files.createDirectory(DurableFiles.temporary(folder));
            try {
                ResultWriter.write(temporary, name, content, studySha256());
                DurableFiles.rename(temporary, folder);
            } finally {
                DurableFiles.delete(temporary);
            }
            return SavedJson.read(folder, name, studySha256());
        });
    }

    /// Whoever holds the lock is the only writer, so that every hidden folder is of a process that ended.
    private static void removeLeftOvers(Path analysis) throws IOException {
        try (Stream<Path> files = Files.list(analysis)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().matches("\\..+\\.(tmp|removed)")) {
                    DurableFiles.delete(file);
                }
            }
        }
    }

    /// Deletes a result; it is gone as a whole even if the process is killed on the way.
    ///
    /// @throws PatchlensException if there is none of this name
    public void remove(ResultName name) {
        locked(() -> {
            Path folder = folder(name);
            if (!contains(name)) {
                throw PatchlensException.usage(
                        "result " + name, "is not in the study", "List what there is with patchlens results.");
            }
            removeLeftOvers(analysis(name));
            Path removed = folder.resolveSibling("." + folder.getFileName() + ".removed");
            DurableFiles.rename(folder, removed);
            DurableFiles.delete(removed);
            return name;
        });
    }

    @FunctionalInterface
    private interface Write<T> {
        T run() throws IOException;
    }

    /// One writer of this process at a time, and one process.
    private synchronized <T> T locked(Write<T> write) {
        Path results = study.resolve(RESULTS);
        try {
            Files.createDirectories(results);
            try (FileChannel channel = FileChannel.open(
                            results.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock of the results is lost");
                }
                return write.run();
            }
        } catch (OverlappingFileLockException e) {
            throw PatchlensException.usage(results.toString(), "another result is being written", "Try again.")
                    .causedBy(e);
        } catch (IOException e) {
            throw DiskProblem.writing(results, e);
        }
    }

    private String studySha256() {
        Path checksums = study.resolve("checksums.sha256");
        Path file = Files.exists(checksums) ? checksums : study.resolve("study.json");
        try {
            return Checksum.of(file);
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
    }
}
