package org.patchlens.extract;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.PixelImage;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.image.volume.SliceSelection;
import org.patchlens.image.volume.SlicedVolume;
import org.patchlens.mask.LabelMap;
import org.patchlens.study.StudyInput;

/// Reads images one after another; keeps the last file and the last mask open, since the next image is likely to
/// be in them. For one thread.
final class ImageLoader implements AutoCloseable {
    private final Loading loading;
    private final MaskLoader masks;
    private @Nullable Object openSource;
    private @Nullable ImageFile openFile;

    ImageLoader(Loading loading) {
        this.loading = loading;
        this.masks = new MaskLoader(loading);
    }

    /// Decodes one image, applies the window, and reads its mask.
    ///
    /// @throws PatchlensException if the file or the mask is damaged, beyond the limits, or does not fit
    LoadedImage read(StudyInput input) {
        PlannedImage image = loading.image(input);
        return switch (image.source()) {
            case ImageSource.Frame(Path file, int frame) -> {
                ImageFile opened = opened(file, () -> loading.opener().open(file));
                PixelImage pixels = windowed(image, opened.read(frame));
                yield new LoadedImage(
                        pixels,
                        ImageColumns.ofPicture(opened, pixels),
                        masks.find(image).map(mask -> masks.labels(mask, pixels)));
            }
            case ImageSource.VolumeSlice(Path file, int index) -> {
                SlicedVolume volume =
                        (SlicedVolume) opened(file, () -> loading.opener().nifti(file, all()));
                yield slice(image, volume, index, new LinkedHashMap<>());
            }
            case ImageSource.SeriesSlice(SeriesStack stack, int index) -> {
                SlicedVolume volume =
                        (SlicedVolume) opened(stack, () -> loading.opener().series(stack, all()));
                SequencedMap<String, String> own =
                        stack.acquired() ? ImageColumns.ofFile(loading.opener(), stack, index) : new LinkedHashMap<>();
                yield slice(image, volume, index, own);
            }
            case ImageSource.Unreadable(Path file, String reason) ->
                throw PatchlensException.badData(file.toString(), reason, "");
        };
    }

    /// @param own columns of this slice, which go before those of its volume
    private LoadedImage slice(PlannedImage image, SlicedVolume volume, int index, SequencedMap<String, String> own) {
        PixelImage pixels = windowed(image, volume.read(index));
        Optional<LabelMap> mask = masks.find(image).map(file -> masks.labels(file, image.source(), volume, index));
        String name = loading.names().file(volume(image));
        return new LoadedImage(pixels, ImageColumns.ofSlice(volume, index, name, pixels, own), mask);
    }

    /// The volume that a slice belongs to is called like its file, or like the first file of its series.
    private static String volume(PlannedImage image) {
        return image.source() instanceof ImageSource.SeriesSlice slice
                ? slice.stack().id()
                : image.fileId();
    }

    /// All slices of the plane as they are numbered in it: which of them are images was settled before.
    private SliceOptions all() {
        SliceOptions options = loading.intake().slices();
        return new SliceOptions(options.plane(), new SliceSelection.All(), false, options.resample());
    }

    private interface Opening {
        ImageFile open();
    }

    private ImageFile opened(Object source, Opening opening) {
        ImageFile file = openFile;
        if (file == null || !source.equals(openSource)) {
            closeFile();
            file = opening.open();
            openFile = file;
            openSource = source;
        }
        return file;
    }

    private PixelImage windowed(PlannedImage image, PixelImage pixels) {
        try {
            return loading.intake().window().apply(pixels);
        } catch (PatchlensException e) {
            // One image that the window does not suit is no reason to stop the others.
            throw PatchlensException.badData(image.source().file().toString(), String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    private void closeFile() {
        if (openFile != null) {
            openFile.close();
            openFile = null;
        }
    }

    @Override
    public void close() {
        closeFile();
        masks.close();
    }
}
