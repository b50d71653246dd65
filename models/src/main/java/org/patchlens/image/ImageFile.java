package org.patchlens.image;

import java.util.Collections;
import java.util.SequencedMap;

/// An opened image file: its header is read and checked, its pixels are not decoded yet. Not safe for several
/// threads.
public interface ImageFile extends AutoCloseable {
    /// The name of the format, such as `PNG`.
    String format();

    /// How many images the file holds, at least 1.
    int frames();

    /// Decodes one frame, upright: an orientation that the file states is applied.
    ///
    /// @param frame 0 to `frames() - 1`
    /// @throws org.patchlens.PatchlensException if the pixels are damaged
    PixelImage read(int frame);

    /// What the header tells about the image as columns of metadata; holds nothing that identifies a person.
    default SequencedMap<String, String> metadata() {
        return Collections.emptyNavigableMap();
    }

    @Override
    void close();
}
