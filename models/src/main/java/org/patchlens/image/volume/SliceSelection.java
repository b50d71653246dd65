package org.patchlens.image.volume;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;

/// Which slices of a volume become images: the value of `--slices`.
public sealed interface SliceSelection {
    /// Every slice.
    record All() implements SliceSelection {}

    /// Slices 0, step, 2 step, and so on.
    ///
    /// @param step at least 1
    record Every(int step) implements SliceSelection {
        public Every {
            if (step < 1) {
                throw new IllegalArgumentException("every " + step + " slices");
            }
        }
    }

    /// The one in the middle, n / 2 of n.
    record Middle() implements SliceSelection {}

    /// The slices from the first to the last one, both included, as far as the volume has them.
    ///
    /// @param first from 0
    /// @param last at least `first`
    record Range(int first, int last) implements SliceSelection {
        public Range {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("slices " + first + " to " + last);
            }
        }
    }

    /// Reads `all`, `every:N`, `middle` or `range:a-b`.
    static SliceSelection parse(String text) {
        String choice = text.strip().toLowerCase(Locale.ROOT);
        Matcher every = Pattern.compile("every:(\\d{1,9})").matcher(choice);
        Matcher range = Pattern.compile("range:(\\d{1,9})-(\\d{1,9})").matcher(choice);
        if (choice.equals("all")) {
            return new All();
        }
        if (choice.equals("middle")) {
            return new Middle();
        }
        if (every.matches() && Integer.parseInt(every.group(1)) > 0) {
            return new Every(Integer.parseInt(every.group(1)));
        }
        if (range.matches() && Integer.parseInt(range.group(1)) <= Integer.parseInt(range.group(2))) {
            return new Range(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        }
        throw PatchlensException.usage(
                "--slices " + text,
                "no such choice of slices",
                "Use all, middle, every:N with N at least 1, or range:a-b with a <= b, counted from 0");
    }

    /// The chosen slices of a volume in ascending order.
    ///
    /// @param slices how many there are
    /// @return at least one unless a range lies beyond the end
    default List<Integer> indices(int slices) {
        IntStream chosen = switch (this) {
            case All() -> IntStream.range(0, slices);
            case Every(int step) -> IntStream.iterate(0, i -> i < slices, i -> Math.addExact(i, step));
            case Middle() -> IntStream.of(slices / 2);
            case Range(int first, int last) -> IntStream.range(first, Math.min(last + 1, slices));
        };
        return chosen.boxed().toList();
    }

    /// The choice as it is written on the command line.
    default String id() {
        return switch (this) {
            case All() -> "all";
            case Every(int step) -> "every:" + step;
            case Middle() -> "middle";
            case Range(int first, int last) -> "range:" + first + "-" + last;
        };
    }
}
