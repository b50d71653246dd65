package org.patchlens.study.metadata;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;

/// Typed columns about images.
///
/// @param rows how many images the columns tell of
/// @param columns in the order of the user's file, each with `rows` values
public record Metadata(int rows, List<MetadataColumn> columns) {
    public Metadata {
        columns = List.copyOf(columns);
        for (MetadataColumn column : columns) {
            if (column.values().size() != rows) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " has " + column.values().size() + " values for " + rows + " rows");
            }
        }
    }

    /// Nothing is known of any image.
    public static Metadata none(int rows) {
        return new Metadata(rows, List.of());
    }

    /// The column of this name; case is ignored, as columns never differ in case only.
    public Optional<MetadataColumn> find(String name) {
        return columns.stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /// The column of this name.
    ///
    /// @throws PatchlensException if there is none; the message lists those that there are
    public MetadataColumn get(String name) {
        return find(name)
                .orElseThrow(() -> PatchlensException.usage(
                        "metadata column " + name,
                        columns.isEmpty()
                                ? "the study has no metadata"
                                : "the study has the columns "
                                        + String.join(
                                                ", ",
                                                columns.stream()
                                                        .map(MetadataColumn::name)
                                                        .toList()),
                        columns.isEmpty() ? "Run extract again with --metadata; what is extracted is kept." : ""));
    }

    /// The same columns for other rows, see [MetadataColumn#select].
    public Metadata select(List<Integer> rowsToKeep) {
        return new Metadata(
                rowsToKeep.size(),
                columns.stream().map(column -> column.select(rowsToKeep)).toList());
    }
}
