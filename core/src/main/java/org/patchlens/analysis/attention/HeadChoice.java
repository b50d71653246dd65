package org.patchlens.analysis.attention;

import java.util.Locale;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;

/// Which of the heads of a block are looked at.
public sealed interface HeadChoice {
    /// All together.
    record Together(Fusion fusion) implements HeadChoice {}

    /// One of them.
    ///
    /// @param head 0 to A - 1
    record One(int head) implements HeadChoice {}

    /// How several heads become one number.
    enum Fusion {
        /// What is read on average; rows still sum to 1.
        MEAN,
        /// What every head reads.
        MIN,
        /// What any head reads.
        MAX
    }

    /// Reads `mean`, `min`, `max`, or the number of a head.
    ///
    /// @throws PatchlensException if the text is none of these
    static HeadChoice parse(String text) {
        for (Fusion fusion : Fusion.values()) {
            if (fusion.name().toLowerCase(Locale.ROOT).equals(text)) {
                return new Together(fusion);
            }
        }
        if (!text.matches("\\d{1,5}")) {
            throw PatchlensException.usage("head " + text, "a head is mean, min, max or a number from 0", "");
        }
        return new One(Integer.parseInt(text));
    }

    /// Makes sure that the model has the head.
    ///
    /// @param heads A
    /// @throws PatchlensException if it has not
    default void requireWithin(int heads) {
        if (this instanceof One(int head) && head >= heads) {
            throw PatchlensException.usage(
                    "head " + head, "the model has heads 0 to " + (heads - 1) + " in each layer", "");
        }
    }

    /// Makes one matrix of the heads' matrices.
    ///
    /// @param stacked `float[A * n][T]`, the matrices of all heads below each other
    /// @param heads A
    /// @return `float[n][T]`
    default FloatMatrix of(FloatMatrix stacked, int heads) {
        int rows = stacked.rows() / heads;
        return switch (this) {
            case One(int head) -> stacked.rows(head * rows, (head + 1) * rows);
            case Together(Fusion fusion) -> {
                FloatMatrix fused = FloatMatrix.zeros(rows, stacked.columns());
                for (int row = 0; row < rows; row++) {
                    fuse(fusion, stacked, heads, fused, row);
                }
                yield fused;
            }
        };
    }

    private static void fuse(Fusion fusion, FloatMatrix stacked, int heads, FloatMatrix fused, int row) {
        for (int token = 0; token < stacked.columns(); token++) {
            double value = stacked.get(row, token);
            for (int head = 1; head < heads; head++) {
                float next = stacked.get(head * fused.rows() + row, token);
                value = switch (fusion) {
                    case MEAN -> value + next;
                    case MIN -> Math.min(value, next);
                    case MAX -> Math.max(value, next);
                };
            }
            fused.set(row, token, (float) (fusion == Fusion.MEAN ? value / heads : value));
        }
    }

    /// As people read it.
    default String words() {
        return switch (this) {
            case One(int head) -> "head " + head;
            case Together(Fusion fusion) ->
                switch (fusion) {
                    case MEAN -> "the mean of all heads";
                    case MIN -> "the minimum of all heads";
                    case MAX -> "the maximum of all heads";
                };
        };
    }
}
