package org.patchlens.study.metadata;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;

/// Which images are meant, in the words of their metadata: `site=A and label!=covid and age>=60`.
///
/// ```
/// site = A                       equal; also != < <= > >=
/// view in (PA, AP)               one of these; also not in
/// age is missing                 has no value; also is not missing
/// not (a and b) or c             not binds first, then and, then or; parentheses group
/// "body part" = "left lung"      quotes around what holds spaces or signs, '' works too
/// ```
///
/// Columns are found whatever their case, values as they are written. Numbers compare as numbers; text compares
/// character by character, which orders ISO dates. A comparison with a missing value is neither true nor false,
/// and neither is its negation (three-valued logic, as in SQL): such an image is found by `is missing` alone.
public final class RowFilter {
    /// How an error names it.
    static final String SUBJECT = "where";

    private static final int MOST_VALUES_LISTED = 10;

    private final String text;
    private final Optional<Condition> condition;

    private RowFilter(String text, Optional<Condition> condition) {
        this.text = text;
        this.condition = condition;
    }

    /// Every image.
    public static RowFilter all() {
        return new RowFilter("", Optional.empty());
    }

    /// Reads a filter; a blank text is [#all].
    ///
    /// @throws PatchlensException if it cannot be read; the message says at which character
    public static RowFilter parse(String text) {
        return text.isBlank() ? all() : new RowFilter(text.strip(), Optional.of(FilterParser.parse(text.strip())));
    }

    /// The rows that it selects, perhaps none.
    ///
    /// @throws PatchlensException if a column does not exist, or cannot be compared with what was written
    public BitSet rows(Metadata metadata) {
        BitSet every = new BitSet(metadata.rows());
        every.set(0, metadata.rows());
        return condition.map(known -> known.of(metadata).yes()).orElse(every);
    }

    /// The rows that it selects, at least one.
    ///
    /// @throws PatchlensException as [#rows], and if it selects none; the message tells the values that there are
    public BitSet select(Metadata metadata) {
        BitSet rows = rows(metadata);
        if (rows.isEmpty()) {
            throw PatchlensException.usage(
                    SUBJECT + " " + text,
                    "selects none of " + metadata.rows() + " images"
                            + condition.map(known -> values(known, metadata)).orElse(""),
                    "");
        }
        return rows;
    }

    /// What it was read from; empty for [#all].
    public String text() {
        return text;
    }

    /// Whether it selects every image by saying nothing.
    public boolean isAll() {
        return condition.isEmpty();
    }

    private static String values(Condition condition, Metadata metadata) {
        return condition
                .columns()
                .distinct()
                .map(metadata::get)
                .map(RowFilter::values)
                .collect(Collectors.joining());
    }

    private static String values(MetadataColumn column) {
        List<String> values = List.copyOf(column.counts().keySet());
        String listed = values.size() <= MOST_VALUES_LISTED
                ? String.join(", ", values)
                : String.join(", ", values.subList(0, MOST_VALUES_LISTED - 1)) + ", … " + values.getLast();
        return "; " + column.name() + (values.isEmpty() ? " has no values" : " has the values " + listed)
                + (column.missing() == 0 ? "" : ", and is missing for " + column.missing());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowFilter that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "RowFilter[" + text + "]";
    }
}
