package org.patchlens.extract;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.mask.MaskFolder;
import org.patchlens.study.metadata.Metadata;

/// Finds the mask of an image: the one that the user's table names, or the one that is called like the image, like
/// the folder of its series, or that is the only segmentation of a study of one series.
///
/// @param folder of the masks
/// @param cells what the user's table says of each image by its id, if it names the masks
/// @param ofSeries the only segmentation in the folder, if all slices of the images are of one series
record MaskSearch(MaskFolder folder, Optional<Map<String, String>> cells, Optional<Path> ofSeries) {

    /// @param table a row for each image, if the user gave one
    /// @throws PatchlensException if the column is missing
    static MaskSearch of(MaskOptions options, List<PlannedImage> images, Optional<Metadata> table) {
        MaskFolder folder = new MaskFolder(options.folder());
        long series = images.stream()
                .map(PlannedImage::source)
                .filter(ImageSource.SeriesSlice.class::isInstance)
                .map(source -> ((ImageSource.SeriesSlice) source).stack().id())
                .distinct()
                .count();
        return new MaskSearch(
                folder,
                options.column().map(column -> cells(column, images, table)),
                series == 1 ? folder.onlySegmentation() : Optional.empty());
    }

    private static Map<String, String> cells(String column, List<PlannedImage> images, Optional<Metadata> table) {
        Metadata metadata = table.orElseThrow(() -> PatchlensException.usage(
                "--mask-column " + column, "there is no table that has the column", "Give one with --metadata"));
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            cells.put(images.get(i).id(), metadata.get(column).text(i).orElse(""));
        }
        return cells;
    }

    /// The first mask that the user's table names, in the order of the names.
    Optional<String> firstCell() {
        return cells.flatMap(
                named -> named.values().stream().filter(cell -> !cell.isBlank()).min(Comparator.naturalOrder()));
    }

    /// The mask of an image; the image itself is none.
    ///
    /// @throws PatchlensException if the user's table names a file that is not there
    Optional<Path> find(PlannedImage image) {
        if (cells.isPresent()) {
            return folder.named(cells.get().getOrDefault(image.id(), ""));
        }
        Path own = image.source().file().toAbsolutePath().normalize();
        Optional<Path> ofFile = folder.find(image.fileId()).filter(mask -> !mask.equals(own));
        return switch (image.source()) {
            case ImageSource.SeriesSlice slice ->
                ofFile.or(() -> ofFolder(image)).or(() -> ofSeries).filter(mask -> !mask.equals(own));
            case ImageSource.Frame frame -> ofFile;
            case ImageSource.VolumeSlice slice -> ofFile;
            case ImageSource.Unreadable file -> Optional.empty();
        };
    }

    private Optional<Path> ofFolder(PlannedImage image) {
        int slash = image.fileId().lastIndexOf('/');
        return slash > 0 ? folder.find(image.fileId().substring(0, slash)) : Optional.empty();
    }
}
