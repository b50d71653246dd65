package org.patchlens.extract;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.image.PixelImage;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.mask.LabelMap;
import org.patchlens.mask.MaskFile;

/// Reads the masks of images; keeps the last one open, since all slices of a volume share theirs. For one thread.
final class MaskLoader implements AutoCloseable {
    private final Loading loading;
    private @Nullable Path openPath;
    private @Nullable MaskFile openMask;

    MaskLoader(Loading loading) {
        this.loading = loading;
    }

    /// The file with the mask of an image.
    Optional<Path> find(PlannedImage image) {
        return loading.masks().flatMap(plan -> plan.find(image));
    }

    /// The labels over a picture.
    LabelMap labels(Path file, PixelImage picture) {
        return known(file, opened(file).labels(picture.width(), picture.height()));
    }

    /// The labels over a slice.
    LabelMap labels(Path file, ImageSource source, SlicedVolume volume, int index) {
        refuseIfTurned(file, source);
        return known(file, opened(file).labels(volume, index));
    }

    /// A picture drawn over a file lies otherwise over a slice that is turned against the file.
    private static void refuseIfTurned(Path file, ImageSource source) {
        boolean picture = file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        if (picture
                && source instanceof ImageSource.SeriesSlice slice
                && slice.stack().turned()) {
            throw PatchlensException.badData(
                    file.toString(),
                    "the slices of this series are turned against their files, so a picture does not fit over them",
                    "Give the mask as a NIfTI volume");
        }
    }

    private LabelMap known(Path file, LabelMap labels) {
        loading.masks().ifPresent(plan -> plan.classes().refuseUnknown(labels, file.toString()));
        return labels;
    }

    private MaskFile opened(Path file) {
        MaskFile mask = openMask;
        if (mask == null || !file.equals(openPath)) {
            close();
            mask = MaskFile.open(file, loading.intake().limits());
            openMask = mask;
            openPath = file;
        }
        return mask;
    }

    @Override
    public void close() {
        if (openMask != null) {
            openMask.close();
            openMask = null;
        }
    }
}
