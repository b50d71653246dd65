package org.patchlens.study.disk;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.patchlens.embedding.ElementType;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;

/// Writes an npy array item by item; how many there are is filled in at the end.
public final class NpyWriter implements AutoCloseable {
    private final Path file;
    private final String descriptor;
    private final List<Integer> itemShape;
    private final FileChannel channel;
    private int items;

    /// Creates the file.
    ///
    /// @param descriptor of an element, such as `|u1`
    /// @param itemShape all dimensions but the first
    public NpyWriter(Path file, String descriptor, List<Integer> itemShape) throws IOException {
        this.file = file;
        this.descriptor = descriptor;
        this.itemShape = List.copyOf(itemShape);
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            write(ByteBuffer.wrap(header().bytes()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// The file that is written.
    public Path file() {
        return file;
    }

    private NpyHeader header() {
        List<Integer> shape = new ArrayList<>(List.of(items));
        shape.addAll(itemShape);
        return new NpyHeader(descriptor, shape);
    }

    /// Appends one item of bytes.
    public void append(byte[] item) throws IOException {
        write(ByteBuffer.wrap(item));
        items++;
    }

    /// Appends one item that is in the file's own element type.
    public void append(MemorySegment item) throws IOException {
        write(item.asByteBuffer());
        items++;
    }

    /// Appends one item of floats.
    ///
    /// @param halves room for the narrowed item, 2 bytes per element; used for 16 bits only
    /// @return whether the item could be kept; false if one of its numbers is not finite in the file's type, and
    ///     then nothing was written
    public boolean append(FloatMatrix item, ElementType dtype, MemorySegment halves) throws IOException {
        MemorySegment kept = switch (dtype) {
            case F32 -> item.segment();
            case F16 -> halves.asSlice(0, item.size() * dtype.bytes());
        };
        boolean finite = switch (dtype) {
            case F32 -> HalfPrecision.isFinite(item);
            case F16 -> HalfPrecision.narrow(item, kept);
        };
        if (finite) {
            append(kept);
        }
        return finite;
    }

    /// Removes the last item.
    public void takeBack() throws IOException {
        long itemBytes = (channel.position() - NpyHeader.BYTES) / items;
        channel.truncate(channel.position() - itemBytes);
        items--;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Completes the header and forces the file to the disk.
    public void finish() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(header().bytes());
        while (header.hasRemaining()) {
            channel.write(header, header.position());
        }
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
