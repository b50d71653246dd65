package org.patchlens.image.volume;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes that can only be had from front to back, kept for reading in any order: up to 64 MiB in memory outside
/// the heap, more in a temporary file that only this user can read. Where the system allows it the file loses its
/// name as soon as it is mapped, so that nothing stays behind after a crash; otherwise it is deleted with the
/// channel.
///
/// The file is written before it is mapped, so that a full disk is an [IOException] and not a fault.
public final class Spool implements AutoCloseable {
    private static final long IN_MEMORY = 64L << 20;
    private static final int CHUNK = 1 << 16;

    private final Arena arena;
    private final MemorySegment bytes;

    private Spool(Arena arena, MemorySegment bytes) {
        this.arena = arena;
        this.bytes = bytes;
    }

    /// Takes exactly this many bytes from a stream.
    ///
    /// @throws IOException also if the stream ends too early ([EOFException])
    public static Spool of(InputStream source, long size) throws IOException {
        return of(source, size, IN_MEMORY);
    }

    /// @param inMemory the most bytes that are not written to a file
    // The arena lives as long as the spool, whose close() closes it.
    @SuppressWarnings("MustBeClosedChecker")
    static Spool of(InputStream source, long size, long inMemory) throws IOException {
        // Whoever reads later may be another thread.
        Arena arena = Arena.ofShared();
        boolean whole = false;
        try {
            MemorySegment bytes = size <= inMemory ? inMemory(source, size, arena) : inFile(source, size, arena);
            whole = true;
            return new Spool(arena, bytes);
        } finally {
            if (!whole) {
                arena.close();
            }
        }
    }

    private static MemorySegment inMemory(InputStream source, long size, Arena arena) throws IOException {
        MemorySegment bytes = arena.allocate(size, Long.BYTES);
        byte[] chunk = new byte[CHUNK];
        for (long at = 0; at < size; ) {
            int count = next(source, chunk, at, size);
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, bytes, at, count);
            at += count;
        }
        return bytes;
    }

    private static MemorySegment inFile(InputStream source, long size, Arena arena) throws IOException {
        Path file = Files.createTempFile("patchlens-voxels", ".tmp");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            byte[] chunk = new byte[CHUNK];
            for (long at = 0; at < size; ) {
                int count = next(source, chunk, at, size);
                ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, count);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                at += count;
            }
            return channel.map(MapMode.READ_ONLY, 0, size, arena);
        }
    }

    private static int next(InputStream source, byte[] chunk, long at, long size) throws IOException {
        int count = source.read(chunk, 0, (int) Math.min(chunk.length, size - at));
        if (count < 0) {
            throw new EOFException(at + " of " + size + " bytes");
        }
        return count;
    }

    /// The bytes, until the spool is closed.
    public MemorySegment bytes() {
        return bytes;
    }

    @Override
    public void close() {
        arena.close();
    }
}
