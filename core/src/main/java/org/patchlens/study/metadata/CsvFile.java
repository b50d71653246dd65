package org.patchlens.study.metadata;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.patchlens.PatchlensException;
import org.patchlens.study.disk.DiskProblem;

/// A CSV file as text: UTF-8 with or without byte order mark, a header line, fields separated by comma, semicolon
/// or tab, quoted as RFC 4180 says, lines ended in any way; empty lines are skipped.
///
/// @param header the names of the columns; a column without one is called `column_` and its number from 1
/// @param rows each as long as the header
/// @param lines the line of the file on which each row starts, from 1
record CsvFile(List<String> header, List<List<String>> rows, List<Long> lines) {
    private static final long LARGEST_FILE = 256L << 20;
    private static final int LONGEST_FIELD = 65_536;
    private static final int MOST_COLUMNS = 1000;
    private static final int LONGEST_RECORD = 1 << 20;
    private static final int LONGEST_HEADER = 1 << 20;
    private static final int BYTE_ORDER_MARK = 0xfeff;

    /// @throws PatchlensException if the file is no such table
    static CsvFile read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw PatchlensException.badData(
                        file.toString(),
                        "has " + Files.size(file) + " bytes; at most " + LARGEST_FILE + " are read",
                        "");
            }
            try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                skipByteOrderMark(text);
                return parse(file, text, separator(text));
            }
        } catch (CharacterCodingException e) {
            throw notUtf8(file, e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? notUtf8(file, e) : DiskProblem.reading(file, e);
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        } catch (CsvParseException e) {
            throw PatchlensException.badData(file.toString(), "is no CSV table that can be read: " + explain(e), "")
                    .causedBy(e);
        }
    }

    private static PatchlensException notUtf8(Path file, Exception e) {
        return PatchlensException.badData(
                        file.toString(), "is not encoded as UTF-8", "Save it as CSV UTF-8 and try again.")
                .causedBy(e);
    }

    private static String explain(CsvParseException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        return String.valueOf(reason.getMessage());
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    /// Spreadsheets of half the world write semicolons: whichever stands most often in the header, outside quotes.
    private static char separator(BufferedReader text) throws IOException {
        text.mark(LONGEST_HEADER + 1);
        int[] counts = new int[3];
        boolean quoted = false;
        int character = text.read();
        for (int i = 0; i < LONGEST_HEADER && character >= 0; i++) {
            if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && (character == '\n' || character == '\r')) {
                break;
            } else if (!quoted && ",;\t".indexOf(character) >= 0) {
                counts[",;\t".indexOf(character)]++;
            }
            character = text.read();
        }
        text.reset();
        int most = Math.max(counts[0], Math.max(counts[1], counts[2]));
        return counts[0] == most ? ',' : counts[1] == most ? ';' : '\t';
    }

    private static CsvFile parse(Path file, BufferedReader text, char separator) throws IOException {
        CsvRecordHandler handler = CsvRecordHandler.builder()
                .maxFields(MOST_COLUMNS)
                .maxFieldSize(LONGEST_FIELD)
                .maxRecordSize(LONGEST_RECORD)
                .build();
        List<String> header = List.of();
        List<List<String>> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LONGEST_RECORD)
                .build(handler, text)) {
            for (CsvRecord row : reader) {
                if (header.isEmpty()) {
                    header = header(file, row.getFields());
                } else {
                    checkLength(file, header, row);
                    rows.add(row.getFields());
                    lines.add(row.getStartingLineNumber());
                }
            }
        }
        if (header.isEmpty()) {
            throw PatchlensException.badData(
                    file.toString(), "is empty; a line with the columns' names is expected", "");
        }
        return new CsvFile(header, rows, lines);
    }

    private static List<String> header(Path file, List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> header = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name =
                    names.get(i).isBlank() ? "column_" + (i + 1) : names.get(i).strip();
            Integer other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), i);
            if (other != null) {
                throw PatchlensException.badData(
                        file.toString(),
                        "columns " + (other + 1) + " and " + (i + 1) + " are both called " + name
                                + " (upper and lower case are the same)",
                        "Rename one of them.");
            }
            header.add(name);
        }
        return header;
    }

    private static void checkLength(Path file, List<String> header, CsvRecord row) {
        if (row.getFieldCount() != header.size()) {
            throw PatchlensException.badData(
                    file.toString(),
                    "line " + row.getStartingLineNumber() + " has " + row.getFieldCount() + " fields; the header has "
                            + header.size(),
                    "");
        }
    }
}
