package org.patchlens.image.nifti;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.patchlens.PatchlensException;

/// One file, compressed with gzip or not; which one is seen from its first two bytes, not from its name.
///
/// @param path of the file
/// @param gzip whether it is compressed
/// @param length on disk, in bytes
record NiftiBytes(Path path, boolean gzip, long length) {
    /// Deflate makes 1,032 bytes of one at best.
    private static final long LARGEST_RATIO = 1032;

    private static final int BUFFER = 1 << 16;

    /// Looks at a file.
    static NiftiBytes of(Path path) {
        if (!Files.isRegularFile(path)) {
            throw PatchlensException.badData(path.toString(), "there is no such file", "");
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return new NiftiBytes(path, isGzip(stream.readNBytes(2)), Files.size(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// Whether these first bytes are those of a gzip file.
    static boolean isGzip(byte[] head) {
        return head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    /// What the head of a compressed file holds, as far as it goes.
    static byte[] inflateHead(byte[] head, int most) {
        byte[] inflated = new byte[most];
        int count = 0;
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(head), most)) {
            // Byte by byte: an array read would lose what it had before the end.
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                inflated[count++] = (byte) next;
                if (count == most) {
                    return inflated;
                }
            }
        } catch (IOException cutOrDamaged) {
            // The head of a file ends in the middle: what came before the end is what was asked for.
            return Arrays.copyOf(inflated, count);
        }
        return Arrays.copyOf(inflated, count);
    }

    /// The first bytes after decompression, or as many as there are.
    byte[] head(int most) {
        try (InputStream stream = open()) {
            byte[] head = new byte[most];
            int count = 0;
            for (int read = 0; read >= 0 && count < most; read = stream.read(head, count, most - count)) {
                count += read;
            }
            return Arrays.copyOf(head, count);
        } catch (EOFException cut) {
            throw PatchlensException.badData(path.toString(), "the compressed file ends within its header", "")
                    .causedBy(cut);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// The most bytes that can follow after decompression.
    long mostBytes() {
        return gzip ? Math.multiplyExact(Math.min(length, Long.MAX_VALUE / LARGEST_RATIO), LARGEST_RATIO) : length;
    }

    /// The content after decompression, from its beginning.
    InputStream open() throws IOException {
        InputStream raw = Files.newInputStream(path);
        if (!gzip) {
            return new BufferedInputStream(raw, BUFFER);
        }
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// What is said of a file that cannot be read.
    static PatchlensException unreadable(Path path, IOException reason) {
        String problem = switch (reason) {
            case ZipException damaged -> "the compressed data are damaged: " + damaged.getMessage();
            case EOFException cut -> "the compressed file is truncated";
            default -> "the file cannot be read: " + reason;
        };
        return PatchlensException.badData(path.toString(), problem, "").causedBy(reason);
    }
}
