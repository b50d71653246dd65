package org.patchlens.image.dicom.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;

/// The bytes of a file by position, through a small window, so that a file is never read whole. Not safe for
/// several threads.
public final class ByteSource implements AutoCloseable {
    private static final int WINDOW = 1 << 16;

    private final String subject;
    private final @Nullable FileChannel channel;
    private final long length;
    private byte[] window;
    private long windowStart;
    private int windowLength;

    private ByteSource(String subject, @Nullable FileChannel channel, long length, byte[] window, int windowLength) {
        this.subject = subject;
        this.channel = channel;
        this.length = length;
        this.window = window;
        this.windowLength = windowLength;
    }

    /// Opens a file.
    ///
    /// @throws PatchlensException if it cannot be read or is larger than `largest` bytes
    public static ByteSource open(Path file, long largest) {
        String subject = String.valueOf(file.getFileName());
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            long length = channel.size();
            if (length > largest) {
                channel.close();
                throw PatchlensException.badData(
                        subject,
                        "The file has " + length + " bytes; the limit is " + largest,
                        "Raise the limit if the file is trusted.");
            }
            return new ByteSource(subject, channel, length, new byte[(int) Math.min(WINDOW, length)], 0);
        } catch (IOException e) {
            throw PatchlensException.badData(
                            subject, "The file cannot be read", "Check that it exists and is readable.")
                    .causedBy(e);
        }
    }

    /// Bytes in memory; the array is not copied.
    ///
    /// @param subject of error messages
    static ByteSource of(String subject, byte[] bytes) {
        return new ByteSource(subject, null, bytes.length, bytes, bytes.length);
    }

    /// The name of the file, for messages.
    public String subject() {
        return subject;
    }

    /// In bytes.
    public long length() {
        return length;
    }

    /// An unsigned byte.
    int u8(long position) {
        return window[at(position, 1)] & 0xFF;
    }

    /// An unsigned 16-bit number.
    int u16(long position, boolean bigEndian) {
        int at = at(position, 2);
        int first = window[at] & 0xFF;
        int second = window[at + 1] & 0xFF;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    /// An unsigned 32-bit number.
    long u32(long position, boolean bigEndian) {
        int first = u16(position, bigEndian);
        int second = u16(position + 2, bigEndian);
        return bigEndian ? (long) first << 16 | second : (long) second << 16 | first;
    }

    /// A copy of some bytes.
    ///
    /// @throws PatchlensException if the file ends before them
    public byte[] bytes(long position, long count) {
        if (count > Integer.MAX_VALUE - 16) {
            throw PatchlensException.badData(subject, "A single value has " + count + " bytes, more than 2 GiB", "");
        }
        require(position, count);
        byte[] bytes = new byte[(int) count];
        if (channel == null || count <= windowLength) {
            System.arraycopy(window, at(position, (int) count), bytes, 0, (int) count);
        } else {
            fill(channel, bytes, position, (int) count);
        }
        return bytes;
    }

    private int at(long position, int count) {
        if (position < windowStart || position + count > windowStart + windowLength) {
            require(position, count);
            if (channel != null) {
                int wanted = (int) Math.min(window.length, length - position);
                fill(channel, window, position, wanted);
                windowStart = position;
                windowLength = wanted;
            }
        }
        return (int) (position - windowStart);
    }

    private void require(long position, long count) {
        if (position < 0 || count < 0 || position > length - count) {
            throw PatchlensException.badData(
                    subject,
                    count + " bytes are expected at byte " + position + ", but the file ends at byte " + length,
                    "The file is truncated or damaged.");
        }
    }

    private void fill(FileChannel from, byte[] target, long position, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, count);
        try {
            while (buffer.hasRemaining()) {
                if (from.read(buffer, position + buffer.position()) < 0) {
                    throw PatchlensException.badData(subject, "The file became shorter while it was read", "");
                }
            }
        } catch (IOException e) {
            throw PatchlensException.badData(subject, "The file cannot be read", "")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw PatchlensException.badData(subject, "The file cannot be closed", "")
                    .causedBy(e);
        }
    }
}
