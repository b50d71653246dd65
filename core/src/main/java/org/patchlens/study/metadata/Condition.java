package org.patchlens.study.metadata;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchlens.PatchlensException;
import org.patchlens.Spelling;

/// A part of a [RowFilter], as a tree.
sealed interface Condition {
    /// What is read as a number, with bounds on its digits.
    Pattern NUMBER = Pattern.compile("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,3})?");

    /// For which rows it holds.
    ///
    /// @throws PatchlensException if a column does not exist, or cannot be compared with what was written
    Truth of(Metadata metadata);

    /// The columns that it looks at, as they were written.
    Stream<String> columns();

    /// Every row is in `yes`, in `no`, or, where a value is missing, in none of them.
    record Truth(BitSet yes, BitSet no) {
        static Truth of(MetadataColumn column, IntPredicate holds) {
            Truth truth = new Truth(new BitSet(), new BitSet());
            for (int row = 0; row < column.values().size(); row++) {
                if (column.values().get(row).isPresent()) {
                    (holds.test(row) ? truth.yes : truth.no).set(row);
                }
            }
            return truth;
        }

        Truth negated() {
            return new Truth(no, yes);
        }
    }

    /// Both hold.
    record And(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(Metadata metadata) {
            Truth a = left.of(metadata);
            Truth b = right.of(metadata);
            a.yes.and(b.yes);
            a.no.or(b.no);
            return a;
        }

        @Override
        public Stream<String> columns() {
            return Stream.concat(left.columns(), right.columns());
        }
    }

    /// One of them holds.
    record Or(Condition left, Condition right) implements Condition {
        @Override
        public Truth of(Metadata metadata) {
            return new Not(new And(new Not(left), new Not(right))).of(metadata);
        }

        @Override
        public Stream<String> columns() {
            return Stream.concat(left.columns(), right.columns());
        }
    }

    /// It does not hold.
    record Not(Condition inner) implements Condition {
        @Override
        public Truth of(Metadata metadata) {
            return inner.of(metadata).negated();
        }

        @Override
        public Stream<String> columns() {
            return inner.columns();
        }
    }

    /// There is no value.
    record Missing(String column) implements Condition {
        @Override
        public Truth of(Metadata metadata) {
            List<?> values = find(metadata, column).values();
            Truth truth = new Truth(new BitSet(), new BitSet());
            for (int row = 0; row < values.size(); row++) {
                (values.get(row).equals(Optional.empty()) ? truth.yes : truth.no).set(row);
            }
            return truth;
        }

        @Override
        public Stream<String> columns() {
            return Stream.of(column);
        }
    }

    /// A value compared with one that was written.
    record Comparison(String column, Relation relation, String value) implements Condition {
        @Override
        public Truth of(Metadata metadata) {
            return switch (find(metadata, column)) {
                case MetadataColumn.Text text -> texts(text);
                case MetadataColumn.Whole whole -> numbers(whole, whole.values(), BigDecimal::valueOf);
                case MetadataColumn.Real real -> numbers(real, real.values(), BigDecimal::valueOf);
            };
        }

        @Override
        public Stream<String> columns() {
            return Stream.of(column);
        }

        private Truth texts(MetadataColumn.Text text) {
            if (relation.isOrder() && NUMBER.matcher(value).matches()) {
                throw refusal(
                        "column " + text.name() + " holds text, which has no order that fits the number " + value);
            }
            return Truth.of(
                    text,
                    row -> relation.holds(text.values().get(row).orElseThrow().compareTo(value)));
        }

        private <T> Truth numbers(MetadataColumn numbers, List<Optional<T>> values, Function<T, BigDecimal> exact) {
            if (!NUMBER.matcher(value).matches()) {
                throw refusal("column " + numbers.name() + " holds numbers, and " + value + " is none");
            }
            BigDecimal limit = new BigDecimal(value);
            return Truth.of(
                    numbers,
                    row -> relation.holds(
                            exact.apply(values.get(row).orElseThrow()).compareTo(limit)));
        }

        private PatchlensException refusal(String problem) {
            return PatchlensException.usage(RowFilter.SUBJECT + " " + column + relation.sign() + value, problem, "");
        }
    }

    /// @throws PatchlensException if there is no such column
    private static MetadataColumn find(Metadata metadata, String column) {
        return metadata.find(column).orElseThrow(() -> {
            List<String> names =
                    metadata.columns().stream().map(MetadataColumn::name).toList();
            return PatchlensException.usage(
                    RowFilter.SUBJECT + " " + column,
                    names.isEmpty()
                            ? "the study has no metadata"
                            : "there is no such column; the columns are " + String.join(", ", names),
                    names.isEmpty()
                            ? "Run extract again with --metadata; what is extracted is kept."
                            : Spelling.question(column, names));
        });
    }
}
