package org.patchlens.study.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// An in-memory database that reads and writes Parquet files: one thread, so that the same rows give the same
/// bytes, bounded memory, nothing fetched from the network.
public final class Tables {
    private Tables() {}

    /// A database of its own, gone when it is closed.
    public static Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", "1GB");
        properties.setProperty("temp_directory", "");
        properties.setProperty("preserve_insertion_order", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    /// A file's name as a string of SQL.
    public static String literal(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    /// A file's name as a string of SQL for functions that would take `*`, `?` and `[` for patterns.
    public static String patternLiteral(Path file) {
        return literal(Path.of(file.toString().replaceAll("([*?\\[])", "[$1]")));
    }

    /// A column's name in SQL.
    public static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
