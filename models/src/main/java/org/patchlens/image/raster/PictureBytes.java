package org.patchlens.image.raster;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/// The bytes of a picture as a stream for decoders, which loses its patience: decoders that take zeros for what
/// lies
/// behind the end would draw a damaged picture of any size to its last pixel.
final class PictureBytes extends ImageInputStreamImpl {
    /// Decoders look ahead by some bytes; that is no damage.
    private static final int PATIENCE = 4096;

    private final byte[] bytes;
    private int readsBehindTheEnd;

    PictureBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A decoder goes on after the usual exception at the end of a file, so this one is not checked.
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            countEnd();
            return -1;
        }
        return bytes[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.length) {
            countEnd();
            return -1;
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    private void countEnd() {
        readsBehindTheEnd++;
        if (readsBehindTheEnd > PATIENCE) {
            throw new Exhausted();
        }
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
