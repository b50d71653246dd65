package org.patchlens.analysis;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;

/// Values of options from text and back.
final class OptionValues {
    private OptionValues() {}

    /// The value of a record component from the texts of its values.
    ///
    /// @param type the class of one value
    static Object parse(Option option, Class<?> type, List<String> texts) {
        return switch (option.arity()) {
            case ONE -> parseOne(option, type, only(option, texts));
            case OPTIONAL ->
                texts.isEmpty() ? Optional.empty() : Optional.of(parseOne(option, type, only(option, texts)));
            case LIST ->
                texts.stream().map(text -> parseOne(option, type, text)).toList();
        };
    }

    /// The texts of the values of a record component.
    static List<String> texts(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(one -> List.of(text(one))).orElse(List.of());
            case Collection<?> many -> many.stream().map(OptionValues::text).toList();
            default -> List.of(text(value));
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case Double number -> Words.number(number);
            case Float number -> Words.number(number);
            case Enum<?> word -> Words.kebab(word.name());
            default -> value.toString();
        };
    }

    private static String only(Option option, List<String> texts) {
        if (texts.size() != 1) {
            throw refusal(option, texts.size() + " values were given");
        }
        return texts.getFirst();
    }

    private static Object parseOne(Option option, Class<?> type, String text) {
        return switch (option.type()) {
            case INTEGER, LONG, FLOAT, DOUBLE -> number(option, text);
            case BOOLEAN -> truth(option, text);
            case CHOICE -> choice(option, type, text);
            case LAYER -> Layer.parse(text);
            case TEXT -> text;
        };
    }

    private static Number number(Option option, String text) {
        Number number;
        try {
            number = switch (option.type()) {
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE, BOOLEAN, CHOICE, LAYER, TEXT -> Double.valueOf(text);
            };
        } catch (NumberFormatException e) {
            throw refusal(option, given(text)).causedBy(e);
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value) || value < option.min() || value > option.max()) {
            throw refusal(option, given(text));
        }
        return number;
    }

    private static Boolean truth(Option option, String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw refusal(option, given(text));
        }
        return Boolean.valueOf(text);
    }

    private static Object choice(Option option, Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (text(constant).equals(text)) {
                return constant;
            }
        }
        throw refusal(option, given(text));
    }

    private static String given(String text) {
        return "\"" + text + "\" was given";
    }

    private static PatchlensException refusal(Option option, String given) {
        return PatchlensException.usage(option.flag(), "takes " + expectation(option) + "; " + given, "");
    }

    private static String expectation(Option option) {
        String range = option.range().map(text -> ", " + text).orElse("");
        return switch (option.type()) {
            case INTEGER, LONG -> "a whole number" + range;
            case FLOAT, DOUBLE -> "a number" + range;
            case BOOLEAN -> "true or false";
            case CHOICE -> "one of " + String.join(", ", option.allowed());
            case LAYER -> "a layer, a number from 0 or last";
            case TEXT -> "one text";
        };
    }
}
