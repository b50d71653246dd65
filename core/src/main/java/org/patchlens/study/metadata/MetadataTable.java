package org.patchlens.study.metadata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;

/// A user's CSV file of metadata, read and typed.
///
/// @param keyColumn the name of the column that names the images
/// @param keys the value of that column for each row
/// @param metadata all columns, the key's too, a row for each row of the file
public record MetadataTable(String keyColumn, List<String> keys, Metadata metadata) {
    private static final List<String> KEY_NAMES = List.of("file", "filename", "image", "path", "name", "id");

    public MetadataTable {
        keys = List.copyOf(keys);
    }

    /// Reads a CSV file: UTF-8, a header line, fields separated by comma, semicolon or tab.
    ///
    /// @param keyColumn the column that names the images; without it the first that is called file, filename,
    ///     image, path, name or id
    /// @throws PatchlensException if the file is no such table, or names an image twice
    public static MetadataTable read(Path file, Optional<String> keyColumn) {
        CsvFile csv = CsvFile.read(file);
        int key = keyColumn.map(name -> columnCalled(file, csv, name)).orElseGet(() -> keyColumn(file, csv));
        List<String> keys = csv.rows().stream().map(row -> row.get(key)).toList();
        refuseDuplicates(file, csv, keys);
        List<MetadataColumn> columns = IntStream.range(0, csv.header().size())
                .mapToObj(column -> ColumnTypes.column(
                        csv.header().get(column),
                        csv.rows().stream().map(row -> row.get(column)).toList()))
                .toList();
        return new MetadataTable(csv.header().get(key), keys, new Metadata(keys.size(), columns));
    }

    private static int columnCalled(Path file, CsvFile csv, String name) {
        return find(csv, name)
                .orElseThrow(() -> PatchlensException.usage(
                        file.toString(),
                        "has no column " + name + "; it has " + String.join(", ", csv.header()),
                        "Name one of them with --metadata-key."));
    }

    private static int keyColumn(Path file, CsvFile csv) {
        for (String column : csv.header()) {
            if (KEY_NAMES.contains(column.toLowerCase(Locale.ROOT))) {
                return columnCalled(file, csv, column);
            }
        }
        throw PatchlensException.usage(
                file.toString(),
                "has no column called " + String.join(", ", KEY_NAMES) + "; it has " + String.join(", ", csv.header()),
                "Name the column that holds the files' names with --metadata-key.");
    }

    private static Optional<Integer> find(CsvFile csv, String name) {
        return IntStream.range(0, csv.header().size())
                .boxed()
                .filter(i -> csv.header().get(i).equalsIgnoreCase(name))
                .findFirst();
    }

    private static void refuseDuplicates(Path file, CsvFile csv, List<String> keys) {
        Map<String, Long> seen = new HashMap<>();
        for (int row = 0; row < keys.size(); row++) {
            long line = csv.lines().get(row);
            if (keys.get(row).isBlank()) {
                throw PatchlensException.badData(file.toString(), "line " + line + " names no image", "");
            }
            Long other = seen.putIfAbsent(FileNames.normal(keys.get(row)), line);
            if (other != null) {
                throw PatchlensException.badData(
                        file.toString(),
                        "lines " + other + " and " + line + " both tell of " + keys.get(row)
                                + "; one line per image is expected",
                        "");
            }
        }
    }

    /// Lays the rows beside images by file name.
    ///
    /// A row tells of an image when the trailing segments of both paths agree and no other image fits; a row that
    /// names the file of several frames tells of all of them that have no row of their own.
    ///
    /// @param ids of the images, see [org.patchlens.study.StudyInput#id()]
    public MetadataJoin join(List<String> ids) {
        FileNames names = new FileNames(ids);
        Map<String, Integer> rowOfName = names.rows(keys);
        List<Integer> rows = new ArrayList<>();
        List<String> imagesWithoutRow = new ArrayList<>();
        for (String id : ids) {
            int row = row(rowOfName, id);
            rows.add(row);
            if (row < 0) {
                imagesWithoutRow.add(id);
            }
        }
        return new MetadataJoin(metadata.select(rows), rowsWithoutImage(names, rowOfName), imagesWithoutRow);
    }

    private static int row(Map<String, Integer> rowOfName, String id) {
        String name = FileNames.normal(id);
        return rowOfName.getOrDefault(name, rowOfName.getOrDefault(FileNames.file(name), -1));
    }

    private List<String> rowsWithoutImage(FileNames names, Map<String, Integer> rowOfName) {
        Set<Integer> used = new HashSet<>(rowOfName.values());
        List<String> without = new ArrayList<>();
        for (int row = 0; row < keys.size(); row++) {
            if (!used.contains(row)) {
                List<String> meant = names.meantBy(keys.get(row));
                without.add(meant.isEmpty() ? keys.get(row) : keys.get(row) + " (" + doubt(meant) + ")");
            }
        }
        return without;
    }

    private static String doubt(List<String> meant) {
        return meant.size() == 1
                ? "another row tells of " + meant.getFirst() + " too"
                : "could be " + meant.get(0) + " or " + meant.get(1);
    }
}
