package org.patchlens.study.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchlens.PatchlensException;

/// The text of a [RowFilter], cut into words and signs.
final class FilterWords {
    private static final int LONGEST = 4096;
    private static final String SIGNS = "=!<>";
    private static final String SINGLE = "(),";

    /// A word or sign.
    ///
    /// @param text without quotes
    /// @param kind what it is
    /// @param at its first character, from 0
    record Word(String text, Kind kind, int at) {
        /// Whether it is a word of the language; in quotes it is none.
        boolean is(String keyword) {
            return kind == Kind.BARE && text.toLowerCase(Locale.ROOT).equals(keyword);
        }

        boolean isSign(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    /// What a word is.
    enum Kind {
        /// A column, a value, or a word of the language.
        BARE,
        /// A column or a value in quotes.
        QUOTED,
        /// Parentheses, comma, or a comparison.
        SIGN,
        /// Nothing follows.
        END
    }

    private final String text;
    private int at;

    private FilterWords(String text) {
        this.text = text;
    }

    /// All words, the last of kind END.
    static List<Word> of(String text) {
        if (text.length() > LONGEST) {
            throw PatchlensException.usage(
                    RowFilter.SUBJECT, "has " + text.length() + " characters; at most " + LONGEST + " are read", "");
        }
        FilterWords words = new FilterWords(text);
        List<Word> all = new ArrayList<>();
        do {
            all.add(words.next());
        } while (all.getLast().kind() != Kind.END);
        return all;
    }

    private Word next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Word("", Kind.END, at);
        }
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            return quoted(first);
        }
        int start = at;
        if (SINGLE.indexOf(first) >= 0) {
            at++;
            return new Word(text.substring(start, at), Kind.SIGN, start);
        }
        boolean sign = isSign(first);
        while (at < text.length() && !endsWord(text.charAt(at)) && isSign(text.charAt(at)) == sign) {
            at++;
        }
        return new Word(text.substring(start, at), sign ? Kind.SIGN : Kind.BARE, start);
    }

    private Word quoted(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw FilterParser.refusal(at, "the quotation mark is not closed");
        }
        Word word = new Word(text.substring(at + 1, end), Kind.QUOTED, at);
        at = end + 1;
        return word;
    }

    private static boolean isSign(char character) {
        return SIGNS.indexOf(character) >= 0;
    }

    private static boolean endsWord(char character) {
        return Character.isWhitespace(character)
                || SINGLE.indexOf(character) >= 0
                || character == '"'
                || character == '\'';
    }
}
