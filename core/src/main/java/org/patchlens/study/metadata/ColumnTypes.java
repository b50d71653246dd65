package org.patchlens.study.metadata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Decides what the values of a column are: whole numbers, real numbers, or text.
///
/// A column holds numbers only if each of its values is written as a number is written: a leading zero, a sign `+`
/// or a digit that would be lost makes all of them text, so that patient 007 stays 007.
final class ColumnTypes {
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final Pattern REAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    /// A double keeps any 15 significant digits and writes any of its values with 17.
    private static final int MOST_DIGITS = 17;

    private ColumnTypes() {}

    /// @param values as they stand in the file; blank means missing
    static MetadataColumn column(String name, List<String> values) {
        boolean whole = true;
        boolean real = true;
        boolean any = false;
        for (String value : values) {
            if (!value.isBlank()) {
                any = true;
                whole = whole && WHOLE.matcher(value).matches();
                real = real && isReal(value);
            }
        }
        if (any && whole) {
            return new MetadataColumn.Whole(name, read(values, Long::valueOf));
        }
        return any && real
                ? new MetadataColumn.Real(name, read(values, Double::valueOf))
                : new MetadataColumn.Text(name, read(values, text -> text));
    }

    private static boolean isReal(String value) {
        if (!REAL.matcher(value).matches()) {
            return false;
        }
        long digits = value.chars()
                .takeWhile(character -> character != 'e' && character != 'E')
                .filter(Character::isDigit)
                .count();
        return digits <= MOST_DIGITS && Double.isFinite(Double.parseDouble(value));
    }

    /// Equal values share one object: labels repeat.
    private static <T> List<Optional<T>> read(List<String> values, Function<String, T> parse) {
        Map<String, Optional<T>> seen = new HashMap<>();
        return values.stream()
                .map(value -> value.isBlank()
                        ? Optional.<T>empty()
                        : seen.computeIfAbsent(value, text -> Optional.of(parse.apply(text))))
                .toList();
    }
}
