package org.patchlens.image;

import java.nio.file.Path;

/// Reads a format that knows animations. [#open] gives the first frame alone.
public interface AnimatedReader extends ImageReader {
    /// Reads and checks the header; every frame is an image, composed as a player shows it.
    ///
    /// @throws org.patchlens.PatchlensException as [#open], also for too many frames
    ImageFile openAnimation(Path file, ImageLimits limits);
}
