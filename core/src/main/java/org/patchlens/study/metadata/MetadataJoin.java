package org.patchlens.study.metadata;

import java.util.List;

/// A user's table laid beside the images.
///
/// @param metadata a row for each image id that was joined, in their order
/// @param rowsWithoutImage the keys of rows that name none of the images, in the order of the file
/// @param imagesWithoutRow the ids of images that no row names, in their order
public record MetadataJoin(Metadata metadata, List<String> rowsWithoutImage, List<String> imagesWithoutRow) {
    public MetadataJoin {
        rowsWithoutImage = List.copyOf(rowsWithoutImage);
        imagesWithoutRow = List.copyOf(imagesWithoutRow);
    }
}
