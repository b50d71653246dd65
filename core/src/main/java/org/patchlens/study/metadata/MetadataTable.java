package org.patchlens.study.metadata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A user's CSV file of metadata, read and typed.
///
/// @param keyColumn the name of the column that names the images
/// @param keys the value of that column for each row
/// @param metadata all columns, the key's too, a row for each row of the file
public record MetadataTable(String keyColumn, List<String> keys, Metadata metadata) {
    public MetadataTable {
        keys = List.copyOf(keys);
    }

    /// Reads a CSV file: UTF-8, a header line, fields separated by comma, semicolon or tab.
    ///
    /// @param keyColumn the column that names the images; without it the first that is called file, filename,
    ///     image, path, name or id
    /// @throws org.patchlens.PatchlensException if the file is no such table, or names an image twice
    public static MetadataTable read(Path file, Optional<String> keyColumn) {
        throw new UnsupportedOperationException();
    }

    /// Lays the rows beside images by file name.
    ///
    /// A row tells of an image when the trailing segments of both paths agree and no other image fits.
    ///
    /// @param ids of the images, see [org.patchlens.study.StudyInput#id()]
    public MetadataJoin join(List<String> ids) {
        throw new UnsupportedOperationException();
    }
}
