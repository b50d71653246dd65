package org.patchlens.extract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.image.PixelImage;
import org.patchlens.study.StudyInput;
import org.patchlens.study.disk.Checksum;

/// Reads the frames of inputs one after another; keeps the last file open, since the next frame is likely to be in
/// it. For one
/// thread, except for the checksums, which all loaders of an extraction share.
final class ImageLoader implements AutoCloseable {
    private final ImageLimits limits;
    private final Map<String, String> checksums;
    private @Nullable String openSource;
    private @Nullable ImageFile openFile;

    /// @param checksums by source; shared by the loaders of an extraction, so that a file of many frames is read
    ///     for it once
    ImageLoader(ImageLimits limits, ConcurrentHashMap<String, String> checksums) {
        this.limits = limits;
        this.checksums = checksums;
    }

    /// Decodes one input.
    ///
    /// @throws org.patchlens.PatchlensException if the file is damaged or beyond the limits
    PixelImage read(StudyInput input) {
        if (openFile == null || !input.source().equals(openSource)) {
            close();
            openFile = ImageReaders.open(Path.of(input.source()), limits);
            openSource = input.source();
        }
        return openFile.read(input.frame());
    }

    /// The SHA-256 of the file of an input.
    String sha256(StudyInput input) {
        return checksums.computeIfAbsent(input.source(), ImageLoader::checksum);
    }

    private static String checksum(String source) {
        try {
            return Checksum.of(Path.of(source));
        } catch (IOException e) {
            throw PatchlensException.badData(source, "the file cannot be read: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        if (openFile != null) {
            openFile.close();
            openFile = null;
        }
    }
}
