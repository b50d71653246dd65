package org.patchlens.study.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// One column of metadata: a value, or nothing, for each image.
public sealed interface MetadataColumn {
    /// A column of text values, typed by what they look like: whole numbers, numbers, or text.
    ///
    /// @param values blank where missing
    static MetadataColumn of(String name, List<String> values) {
        return ColumnTypes.column(name, values);
    }

    /// As the user's file names it.
    String name();

    /// A value per image; empty where it is missing.
    List<? extends Optional<? extends Comparable<?>>> values();

    /// The same column for other rows.
    ///
    /// @param rows a row of this column for each row of the new one; -1 for a missing value
    MetadataColumn select(List<Integer> rows);

    /// Words, codes, and numbers that are names, such as patient 007.
    ///
    /// @param name see [MetadataColumn#name()]
    /// @param values see [MetadataColumn#values()]
    record Text(String name, List<Optional<String>> values) implements MetadataColumn {
        public Text {
            values = List.copyOf(values);
        }

        @Override
        public Text select(List<Integer> rows) {
            return new Text(name, MetadataColumn.pick(values, rows));
        }
    }

    /// Whole numbers.
    ///
    /// @param name see [MetadataColumn#name()]
    /// @param values see [MetadataColumn#values()]
    record Whole(String name, List<Optional<Long>> values) implements MetadataColumn {
        public Whole {
            values = List.copyOf(values);
        }

        @Override
        public Whole select(List<Integer> rows) {
            return new Whole(name, MetadataColumn.pick(values, rows));
        }
    }

    /// Numbers with a fraction, at least one of them; all finite.
    ///
    /// @param name see [MetadataColumn#name()]
    /// @param values see [MetadataColumn#values()]
    record Real(String name, List<Optional<Double>> values) implements MetadataColumn {
        public Real {
            values = List.copyOf(values);
        }

        @Override
        public Real select(List<Integer> rows) {
            return new Real(name, MetadataColumn.pick(values, rows));
        }
    }

    /// A value as text; empty where it is missing.
    ///
    /// @param row the index of an image
    default Optional<String> text(int row) {
        return values().get(row).map(Object::toString);
    }

    /// How many images have no value.
    default int missing() {
        return (int) values().stream().filter(Optional::isEmpty).count();
    }

    /// How often each value occurs, in ascending order of the values: numbers by size, text by its characters.
    default SequencedMap<String, Integer> counts() {
        return switch (this) {
            case Text text -> count(text.values);
            case Whole whole -> count(whole.values);
            case Real real -> count(real.values);
        };
    }

    private static <T extends Comparable<T>> SequencedMap<String, Integer> count(List<Optional<T>> values) {
        TreeMap<T, Integer> counted = new TreeMap<>();
        for (Optional<T> value : values) {
            value.ifPresent(present -> counted.merge(present, 1, Integer::sum));
        }
        SequencedMap<String, Integer> named = new LinkedHashMap<>();
        for (Map.Entry<T, Integer> entry : counted.entrySet()) {
            named.put(entry.getKey().toString(), entry.getValue());
        }
        return named;
    }

    private static <T> List<Optional<T>> pick(List<Optional<T>> values, List<Integer> rows) {
        return rows.stream()
                .map(row -> row < 0 ? Optional.<T>empty() : values.get(row))
                .toList();
    }
}
