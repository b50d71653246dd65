package org.patchlens.study;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.disk.Tables;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;

/// `images.parquet`: one row per image, the study's own columns, then the user's.
///
/// A user's column that is called like one of the study's own is stored as `metadata_` and its name; so is one
/// that begins like that, which makes the rule reversible.
final class ImageTable {
    static final List<String> OWN_COLUMNS =
            List.of("index", "id", "source", "frame", "sha256", "width", "height", "shard", "row");

    private static final String PREFIX = "metadata_";
    private static final Pattern OWN_OR_PREFIXED =
            Pattern.compile("(" + PREFIX + ")*(" + String.join("|", OWN_COLUMNS) + ")", Pattern.CASE_INSENSITIVE);
    private static final String OWN_TYPES =
            "\"index\" INTEGER, id VARCHAR, source VARCHAR, frame INTEGER, sha256 VARCHAR, width INTEGER,"
                    + " height INTEGER, shard INTEGER, \"row\" INTEGER";

    private ImageTable() {}

    /// @throws PatchlensException if the disk does not take it
    static void write(Path file, List<StudyContents.Placed> images, Metadata metadata) {
        try (Connection connection = Tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE images (" + OWN_TYPES + userTypes(metadata) + ")");
            try (DuckDBAppender appender = connection
                    .unwrap(DuckDBConnection.class)
                    .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "images")) {
                for (int i = 0; i < images.size(); i++) {
                    append(appender, images.get(i), metadata, i);
                }
            }
            statement.execute("COPY images TO " + Tables.literal(file) + " (FORMAT parquet)");
        } catch (SQLException e) {
            throw DiskProblem.writing(file, e);
        }
    }

    private static String userTypes(Metadata metadata) {
        StringBuilder types = new StringBuilder();
        for (MetadataColumn column : metadata.columns()) {
            String type = switch (column) {
                case MetadataColumn.Text text -> "VARCHAR";
                case MetadataColumn.Whole whole -> "BIGINT";
                case MetadataColumn.Real real -> "DOUBLE";
            };
            types.append(", ")
                    .append(Tables.identifier(storedName(column.name())))
                    .append(' ')
                    .append(type);
        }
        return types.toString();
    }

    private static void append(DuckDBAppender appender, StudyContents.Placed placed, Metadata metadata, int row)
            throws SQLException {
        StudyImage image = placed.image();
        appender.beginRow()
                .append(image.index())
                .append(image.id())
                .append(image.source())
                .append(image.frame())
                .append(image.sha256())
                .append(image.width())
                .append(image.height())
                .append(placed.shard())
                .append(placed.row());
        for (MetadataColumn column : metadata.columns()) {
            switch (column) {
                case MetadataColumn.Text text ->
                    appender.append(text.values().get(row).orElse(null));
                case MetadataColumn.Whole whole ->
                    appender.append(whole.values().get(row).orElse(null));
                case MetadataColumn.Real real ->
                    appender.append(real.values().get(row).orElse(null));
            }
        }
        appender.endRow();
    }

    static String storedName(String name) {
        return OWN_OR_PREFIXED.matcher(name).matches() ? PREFIX + name : name;
    }

    static String originalName(String stored) {
        boolean prefixed = stored.toLowerCase(Locale.ROOT).startsWith(PREFIX)
                && OWN_OR_PREFIXED.matcher(stored.substring(PREFIX.length())).matches();
        return prefixed ? stored.substring(PREFIX.length()) : stored;
    }

    /// Reads the user's columns.
    ///
    /// @throws PatchlensException if the file is not the table of these images
    static Metadata read(Path file, List<StudyImage> images) {
        String source = " FROM read_parquet(" + Tables.patternLiteral(file) + ")";
        try (Connection connection = Tables.connect();
                Statement statement = connection.createStatement()) {
            checkImages(file, images, statement, source);
            List<MetadataColumn> columns = new ArrayList<>();
            for (StoredColumn column : userColumns(file, statement, source)) {
                columns.add(read(file, statement, source, column));
            }
            return new Metadata(images.size(), columns);
        } catch (SQLException e) {
            throw DiskProblem.reading(file, e);
        }
    }

    private static void checkImages(Path file, List<StudyImage> images, Statement statement, String source)
            throws SQLException {
        int row = 0;
        try (ResultSet rows = statement.executeQuery("SELECT id, sha256" + source)) {
            while (rows.next()) {
                String id = String.valueOf(rows.getString(1));
                if (row < images.size()
                        && (!images.get(row).id().equals(id)
                                || !images.get(row).sha256().equals(rows.getString(2)))) {
                    throw foreign(
                            file,
                            "row " + row + " is of " + id + "; the shards hold "
                                    + images.get(row).id() + ", sha256 "
                                    + images.get(row).sha256());
                }
                row++;
            }
        }
        if (row != images.size()) {
            throw foreign(file, "has " + row + " rows; the shards hold " + images.size() + " images");
        }
    }

    /// @param name as it is stored
    private record StoredColumn(String name, String type) {}

    private static List<StoredColumn> userColumns(Path file, Statement statement, String source) throws SQLException {
        List<StoredColumn> columns = new ArrayList<>();
        try (ResultSet none = statement.executeQuery("SELECT *" + source + " LIMIT 0")) {
            ResultSetMetaData types = none.getMetaData();
            for (int i = 1; i <= types.getColumnCount(); i++) {
                String name = types.getColumnName(i);
                if (i > OWN_COLUMNS.size()) {
                    columns.add(new StoredColumn(name, types.getColumnTypeName(i)));
                } else if (!name.equals(OWN_COLUMNS.get(i - 1))) {
                    throw foreign(file, "column " + i + " is " + name + "; expected is " + OWN_COLUMNS.get(i - 1));
                }
            }
        }
        return columns;
    }

    private static MetadataColumn read(Path file, Statement statement, String source, StoredColumn column)
            throws SQLException {
        String name = originalName(column.name);
        try (ResultSet rows = statement.executeQuery("SELECT " + Tables.identifier(column.name) + source)) {
            return switch (column.type) {
                case "VARCHAR" -> new MetadataColumn.Text(name, values(rows, String.class));
                case "BIGINT" -> new MetadataColumn.Whole(name, values(rows, Long.class));
                case "DOUBLE" -> new MetadataColumn.Real(name, values(rows, Double.class));
                default ->
                    throw foreign(
                            file,
                            "column " + name + " is of type " + column.type
                                    + "; VARCHAR, BIGINT or DOUBLE is expected");
            };
        }
    }

    /// Equal values share one object: labels repeat.
    private static <T> List<Optional<T>> values(ResultSet rows, Class<T> type) throws SQLException {
        Map<T, Optional<T>> seen = new HashMap<>();
        List<Optional<T>> values = new ArrayList<>();
        while (rows.next()) {
            @Nullable T value = rows.getObject(1, type);
            values.add(value == null ? Optional.empty() : seen.computeIfAbsent(value, Optional::of));
        }
        return values;
    }

    private static PatchlensException foreign(Path file, String problem) {
        return PatchlensException.badData(
                file.toString(), problem, "Run the same extract command again to write the table anew.");
    }
}
