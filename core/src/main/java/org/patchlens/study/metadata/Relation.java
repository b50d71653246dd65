package org.patchlens.study.metadata;

import java.util.Arrays;
import java.util.Optional;

/// How two values are compared.
enum Relation {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Relation(String sign) {
        this.sign = sign;
    }

    /// As it is written.
    String sign() {
        return sign;
    }

    /// The relation that is written so; `==` and `<>` are understood too.
    static Optional<Relation> of(String sign) {
        String known = switch (sign) {
            case "==" -> EQUAL.sign;
            case "<>" -> NOT_EQUAL.sign;
            default -> sign;
        };
        return Arrays.stream(values())
                .filter(relation -> relation.sign.equals(known))
                .findFirst();
    }

    /// Whether it asks which of two is larger.
    boolean isOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /// Whether it holds between two values.
    ///
    /// @param comparison of the left one with the right one, as of a `Comparable`
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
        };
    }
}
