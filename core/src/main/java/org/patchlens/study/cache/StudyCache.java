package org.patchlens.study.cache;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.patchlens.study.disk.DurableFiles;

/// The folder `cache` of a study. Safe for several threads and processes.
///
/// It helps or it does not, but never gets in the way: an entry that is damaged counts as absent, and where
/// nothing can be kept (the study may only be read, the disk is full) the work goes on without it.
///
/// @param folder of the cache, made when something is kept
/// @param mostBytes of all entries together; the ones not used for the longest time give way
public record StudyCache(Path folder, long mostBytes) {
    private static final long DEFAULT_MOST_BYTES = 4L << 30;
    private static final String TEMPORARY = ".new";

    /// A lock on a file is held by the whole process; this one is between its threads.
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    /// The cache of a study, at most 4 GiB.
    ///
    /// @param study its folder
    public static StudyCache of(Path study) {
        return new StudyCache(study.resolve("cache"), DEFAULT_MOST_BYTES);
    }

    /// Writes the files of an entry.
    @FunctionalInterface
    public interface Content {
        /// Writes them.
        ///
        /// @param folder empty; files only, no folders, names of letters, digits, `.`, `_` and `-`
        void write(Path folder) throws IOException;
    }

    /// The folder with the files that were kept for a key, every byte compared with its checksum just now.
    public Optional<Path> find(CacheKey key) {
        CacheEntry entry = new CacheEntry(folder.resolve(key.folder()));
        if (!Files.isDirectory(entry.folder(), LinkOption.NOFOLLOW_LINKS) || !entry.isWhole(key)) {
            return Optional.empty();
        }
        entry.touch(System.currentTimeMillis());
        return Optional.of(entry.folder());
    }

    /// Whether something is kept for a key; [#find] may still find it damaged.
    public boolean has(CacheKey key) {
        return Files.isDirectory(folder.resolve(key.folder()), LinkOption.NOFOLLOW_LINKS);
    }

    /// Keeps files for a key, in place of those that are there.
    ///
    /// @return whether they were kept
    public boolean keep(CacheKey key, Content content) {
        WITHIN_PROCESS.lock();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                return held.isValid() && keepAlone(key, content);
            }
        } catch (IOException e) {
            System.getLogger(StudyCache.class.getName()).log(Level.DEBUG, "nothing is kept in " + folder, e);
            return false;
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }

    private boolean keepAlone(CacheKey key, Content content) throws IOException {
        CacheEntry made = new CacheEntry(folder.resolve(TEMPORARY));
        DurableFiles.delete(made.folder()); // of a process that was killed
        try {
            Files.createDirectory(made.folder());
            content.write(made.folder());
            made.seal(key);
            long bytes = made.bytes();
            if (bytes > mostBytes) {
                return false;
            }
            Path place = folder.resolve(key.folder());
            DurableFiles.delete(place);
            makeRoom(mostBytes - bytes);
            DurableFiles.rename(made.folder(), place);
            return true;
        } finally {
            DurableFiles.delete(made.folder());
        }
    }

    private void makeRoom(long mostLeft) throws IOException {
        List<CacheEntry> entries = new ArrayList<>(entries());
        entries.sort(Comparator.comparingLong(CacheEntry::lastUsed));
        long bytes = entries.stream().mapToLong(CacheEntry::bytes).sum();
        for (CacheEntry entry : entries) {
            if (bytes <= mostLeft) {
                return;
            }
            bytes -= entry.bytes();
            DurableFiles.delete(entry.folder());
        }
    }

    private List<CacheEntry> entries() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(CacheEntry::new)
                    .toList();
        }
    }
}
