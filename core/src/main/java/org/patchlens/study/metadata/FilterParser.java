package org.patchlens.study.metadata;

import java.util.List;
import org.patchlens.PatchlensException;
import org.patchlens.study.metadata.FilterWords.Kind;
import org.patchlens.study.metadata.FilterWords.Word;

/// Reads the language of [RowFilter] by recursive descent.
final class FilterParser {
    private static final int DEEPEST = 64;
    private static final int MOST_COMPARISONS = 256;
    private static final String AFTER = "a comparison such as site=A is expected";

    private final List<Word> words;
    private int next;
    private int depth;
    private int comparisons;

    private FilterParser(List<Word> words) {
        this.words = words;
    }

    /// @throws PatchlensException if the text is no filter
    static Condition parse(String text) {
        FilterParser parser = new FilterParser(FilterWords.of(text));
        Condition condition = parser.alternatives();
        Word rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw refusal(rest.at(), found(rest) + ", where and, or, or the end is expected");
        }
        return condition;
    }

    static PatchlensException refusal(int at, String problem) {
        return PatchlensException.usage(
                RowFilter.SUBJECT,
                "at character " + (at + 1) + ": " + problem,
                "Write it like \"site=A and not label in (covid, normal)\".");
    }

    private Condition alternatives() {
        Condition condition = together();
        while (peek().is("or")) {
            next++;
            condition = new Condition.Or(condition, together());
        }
        return condition;
    }

    private Condition together() {
        Condition condition = one();
        while (peek().is("and")) {
            next++;
            condition = new Condition.And(condition, one());
        }
        return condition;
    }

    private Condition one() {
        Word word = peek();
        if (!word.is("not") && !word.isSign("(")) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw refusal(word.at(), "parentheses and nots are nested more than " + DEEPEST + " deep");
        }
        next++;
        Condition condition;
        if (word.isSign("(")) {
            condition = alternatives();
            expectSign(")");
        } else {
            condition = new Condition.Not(one());
        }
        depth--;
        return condition;
    }

    private Condition comparison() {
        String column = value(AFTER);
        if (++comparisons > MOST_COMPARISONS) {
            throw refusal(peek().at(), "there are more than " + MOST_COMPARISONS + " comparisons");
        }
        Word word = words.get(next);
        if (word.is("is")) {
            next++;
            boolean negated = skip("not");
            expectWord("missing");
            return negate(new Condition.Missing(column), negated);
        }
        boolean negated = skip("not");
        if (negated || peek().is("in")) {
            expectWord("in");
            return negate(oneOf(column), negated);
        }
        Relation relation = Relation.of(word.kind() == Kind.SIGN ? word.text() : "")
                .orElseThrow(() ->
                        refusal(word.at(), found(word) + ", where one of = != < <= > >= in is missing is expected"));
        next++;
        return new Condition.Comparison(column, relation, value("a value is expected"));
    }

    /// A list of values is a chain of equalities.
    private Condition oneOf(String column) {
        expectSign("(");
        Condition condition = equalTo(column);
        while (peek().isSign(",")) {
            next++;
            condition = new Condition.Or(condition, equalTo(column));
        }
        expectSign(")");
        return condition;
    }

    private Condition equalTo(String column) {
        if (++comparisons > MOST_COMPARISONS) {
            throw refusal(peek().at(), "there are more than " + MOST_COMPARISONS + " comparisons");
        }
        return new Condition.Comparison(column, Relation.EQUAL, value("a value is expected"));
    }

    private static Condition negate(Condition condition, boolean negated) {
        return negated ? new Condition.Not(condition) : condition;
    }

    private Word peek() {
        return words.get(next);
    }

    private boolean skip(String keyword) {
        boolean found = peek().is(keyword);
        next += found ? 1 : 0;
        return found;
    }

    /// A column or a value; a word of the language is meant as such only in quotes.
    private String value(String expected) {
        Word word = peek();
        boolean joins = word.is("and") || word.is("or");
        if (joins || word.kind() == Kind.SIGN || word.kind() == Kind.END) {
            throw refusal(word.at(), found(word) + ", where " + expected);
        }
        next++;
        return word.text();
    }

    private void expectWord(String keyword) {
        if (!skip(keyword)) {
            throw refusal(peek().at(), found(peek()) + ", where " + keyword + " is expected");
        }
    }

    private void expectSign(String sign) {
        Word word = peek();
        if (!word.isSign(sign)) {
            throw refusal(word.at(), found(word) + ", where " + sign + " is expected");
        }
        next++;
    }

    private static String found(Word word) {
        return word.kind() == Kind.END ? "the text ends" : "\"" + word.text() + "\" stands";
    }
}
