package org.patchlens.analysis;

import java.util.Optional;
import org.patchlens.embedding.Layer;

/// What one value of an option is.
public enum OptionType {
    /// A whole number of 32 bits.
    INTEGER("NUMBER"),
    /// A whole number of 64 bits.
    LONG("NUMBER"),
    /// A finite number of single precision.
    FLOAT("NUMBER"),
    /// A finite number of double precision.
    DOUBLE("NUMBER"),
    /// `true` or `false`.
    BOOLEAN("true|false"),
    /// One of a few words.
    CHOICE("WORD"),
    /// A layer: a number from 0, or `last`.
    LAYER("LAYER"),
    /// Any text.
    TEXT("TEXT");

    private final String placeholder;

    OptionType(String placeholder) {
        this.placeholder = placeholder;
    }

    /// What stands for the value in help, such as `NUMBER`.
    public String placeholder() {
        return placeholder;
    }

    /// Whether values have a smallest and a largest.
    public boolean isNumber() {
        return switch (this) {
            case INTEGER, LONG, FLOAT, DOUBLE -> true;
            case BOOLEAN, CHOICE, LAYER, TEXT -> false;
        };
    }

    /// The type of values of a class, if options may have that class.
    static Optional<OptionType> of(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return Optional.of(INTEGER);
        }
        if (type == long.class || type == Long.class) {
            return Optional.of(LONG);
        }
        if (type == float.class || type == Float.class) {
            return Optional.of(FLOAT);
        }
        if (type == double.class || type == Double.class) {
            return Optional.of(DOUBLE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Optional.of(BOOLEAN);
        }
        if (type.isEnum()) {
            return Optional.of(CHOICE);
        }
        if (type == Layer.class) {
            return Optional.of(LAYER);
        }
        return type == String.class ? Optional.of(TEXT) : Optional.empty();
    }
}
