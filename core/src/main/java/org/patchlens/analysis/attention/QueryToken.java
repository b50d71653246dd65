package org.patchlens.analysis.attention;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.SpecialToken;
import org.patchlens.embedding.TokenLayout;

/// The token whose reading is shown.
public sealed interface QueryToken {
    /// A special token.
    ///
    /// @param kind of it
    /// @param number among the tokens of its kind, from 0
    record Special(SpecialToken kind, int number) implements QueryToken {}

    /// A patch.
    ///
    /// @param row 0 to H - 1
    /// @param column 0 to W - 1
    record Patch(int row, int column) implements QueryToken {}

    /// Reads `cls`, `distillation`, `register:0`, or the row and column of a patch such as `7,9`.
    ///
    /// @throws PatchlensException if the text is none of these
    static QueryToken parse(String text) {
        Matcher patch = Pattern.compile("(\\d{1,5}),(\\d{1,5})").matcher(text);
        if (patch.matches()) {
            return new Patch(Integer.parseInt(patch.group(1)), Integer.parseInt(patch.group(2)));
        }
        Matcher special = Pattern.compile("([a-z]+)(?::(\\d{1,5}))?").matcher(text);
        if (special.matches()) {
            for (SpecialToken kind : SpecialToken.values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(special.group(1))) {
                    String number = special.group(2);
                    return new Special(kind, number == null ? 0 : Integer.parseInt(number));
                }
            }
        }
        throw PatchlensException.usage(
                "query " + text, "a query is cls, register:0, or the row and column of a patch such as 7,9", "");
    }

    /// Its place in the sequence, 0 to T - 1.
    ///
    /// @throws PatchlensException if the model has no such token, or the grid no such patch
    default int index(TokenLayout layout, PatchGrid grid) {
        return switch (this) {
            case Patch(int row, int column) -> {
                if (row >= grid.rows() || column >= grid.columns()) {
                    throw PatchlensException.usage(
                            "patch " + row + "," + column,
                            "is outside the grid of " + grid + " patches, whose rows are 0 to " + (grid.rows() - 1)
                                    + " and whose columns are 0 to " + (grid.columns() - 1),
                            "");
                }
                yield layout.firstPatch() + grid.patch(row, column);
            }
            case Special(SpecialToken kind, int number) -> {
                OptionalInt index = special(layout, kind, number);
                if (index.isEmpty()) {
                    throw PatchlensException.usage(
                            "query " + this,
                            "the model has no such token; its special tokens are "
                                    + layout.prefix().toString().toLowerCase(Locale.ROOT),
                            "Give the row and column of a patch, such as 7,9");
                }
                yield index.getAsInt();
            }
        };
    }

    private static OptionalInt special(TokenLayout layout, SpecialToken kind, int number) {
        int seen = 0;
        for (int i = 0; i < layout.prefix().size(); i++) {
            if (layout.prefix().get(i) == kind && seen++ == number) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// As people read it.
    default String words() {
        return switch (this) {
            case Patch(int row, int column) -> "patch " + row + "," + column;
            case Special(SpecialToken kind, int number) when kind == SpecialToken.CLS -> "the CLS token";
            case Special(SpecialToken kind, int number) -> kind.name().toLowerCase(Locale.ROOT) + " token " + number;
        };
    }
}
