package org.patchlens.analysis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One option of an analysis, as data: enough for a flag, a form field or a row of help.
///
/// @param component how it is called in Java and JSON, such as `earlyExaggeration`
/// @param type of one value
/// @param arity how many values it takes
/// @param doc what it means; one sentence without a full stop
/// @param defaults the texts of the default values; none, one or several as the arity says
/// @param min the smallest number, or negative infinity
/// @param max the largest number, or infinity
/// @param allowed the words that it may be; empty unless the type is [OptionType#CHOICE]
/// @param changesResult whether another value may give another result
public record Option(
        String component,
        OptionType type,
        Arity arity,
        String doc,
        List<String> defaults,
        double min,
        double max,
        List<String> allowed,
        boolean changesResult) {

    /// How many values an option takes.
    public enum Arity {
        /// Exactly one.
        ONE,
        /// One or none.
        OPTIONAL,
        /// Any number, separated by commas in a flag.
        LIST
    }

    public Option {
        Objects.requireNonNull(component);
        defaults = List.copyOf(defaults);
        allowed = List.copyOf(allowed);
    }

    /// How it is called on the command line, without hyphens before it, such as `early-exaggeration`.
    public String name() {
        return Words.kebab(component);
    }

    /// The name as it is typed, such as `--early-exaggeration`.
    public String flag() {
        return "--" + name();
    }

    /// What stands for its value in help, such as `LAYER,...`.
    public String placeholder() {
        String one = type == OptionType.CHOICE ? String.join("|", allowed) : type.placeholder();
        return arity == Arity.LIST ? one + ",..." : one;
    }

    /// The default as it would be typed; empty if there is none.
    public String defaultText() {
        return String.join(",", defaults);
    }

    /// The sentence of the help: the doc, the range and the default.
    public String help() {
        StringBuilder help = new StringBuilder(doc);
        range().ifPresent(range -> help.append("; ").append(range));
        if (!defaults.isEmpty()) {
            help.append(" (default: ").append(defaultText()).append(')');
        }
        return help.toString();
    }

    /// What numbers are allowed, such as `1 to 100`, if anything is refused.
    Optional<String> range() {
        boolean bounded = type.isNumber() && (min > Double.NEGATIVE_INFINITY || max < Double.POSITIVE_INFINITY);
        if (!bounded) {
            return Optional.empty();
        }
        if (max == Double.POSITIVE_INFINITY) {
            return Optional.of("at least " + Words.number(min));
        }
        return Optional.of(
                min == Double.NEGATIVE_INFINITY
                        ? "at most " + Words.number(max)
                        : Words.number(min) + " to " + Words.number(max));
    }
}
