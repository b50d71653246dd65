package org.patchlens.study.disk;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Writes that are there as a whole or not at all, and still there after a loss of power.
///
/// The order is always: write under a temporary name, force the bytes to the disk, rename, force the folder,
/// because a name may reach the disk before the bytes that it stands for.
public final class DurableFiles {
    private DurableFiles() {}

    /// Writes a file under its name in one step.
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = temporary(file);
        writeAndSync(temporary, content);
        rename(temporary, file);
    }

    /// Writes a file and forces it to the disk, without the detour over a temporary name: for files in a folder
    /// that is not yet under its own name.
    public static void writeAndSync(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /// The name that a file has while it is written: hidden, in the same folder.
    public static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    /// Gives a file or folder its final name, in the same parent, replacing a file that has it.
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.toAbsolutePath().getParent());
    }

    /// Forces a file's bytes, or a folder's names, to the disk.
    public static void sync(@Nullable Path path) throws IOException {
        if (path == null || (Files.isDirectory(path) && File.separatorChar == '\\')) {
            return; // Windows keeps the names of a folder in its own journal and opens no folder for writing
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Deletes a file, or a folder with all that is in it; links are deleted, not followed.
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
