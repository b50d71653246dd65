package org.patchlens.image;

import java.nio.file.Path;

/// Reads one kind of image file. An implementation stands in [ImageReaders#ALL]; `ImageReaderContract` tests it.
public interface ImageReader {
    /// How many bytes of the start of a file [#recognizes] wants to see, at most.
    int HEAD_BYTES = 512;

    /// Whether a file is of this kind, by its content.
    ///
    /// @param head the first bytes of the file, [#HEAD_BYTES] or as many as there are
    /// @param fileName without its folders, for formats that have no signature
    boolean recognizes(byte[] head, String fileName);

    /// Reads and checks the header.
    ///
    /// @throws org.patchlens.PatchlensException if the file is damaged, beyond the limits or of a variant that is
    ///     not supported
    ImageFile open(Path file, ImageLimits limits);
}
