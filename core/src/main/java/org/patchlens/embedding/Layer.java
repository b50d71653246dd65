package org.patchlens.embedding;

import org.patchlens.PatchlensException;

/// A place in the model where tokens are read: 0 is after patch and position embedding, l is the output of block
/// l, and `last` is the output of block L after the final norm.
///
/// @param index 0 to L, or [#AFTER_FINAL_NORM]
public record Layer(int index) implements Comparable<Layer> {
    /// The index of [#LAST]; larger than that of any block, so that layers sort in the order of the computation.
    public static final int AFTER_FINAL_NORM = Integer.MAX_VALUE;

    /// After the final norm.
    public static final Layer LAST = new Layer(AFTER_FINAL_NORM);

    public Layer {
        if (index < 0) {
            throw new IllegalArgumentException("layer " + index + "; layers are numbered from 0");
        }
    }

    /// Whether this is the output after the final norm.
    public boolean isLast() {
        return index == AFTER_FINAL_NORM;
    }

    /// Reads `last` or a number.
    ///
    /// @throws PatchlensException if the text is neither
    public static Layer parse(String text) {
        if (text.equals("last")) {
            return LAST;
        }
        try {
            int index = Integer.parseInt(text);
            if (index >= 0 && index < AFTER_FINAL_NORM) {
                return new Layer(index);
            }
        } catch (NumberFormatException e) {
            // answered below, together with numbers that are out of range
        }
        throw PatchlensException.usage("layer " + text, "a layer is a number from 0, or last", "");
    }

    @Override
    public int compareTo(Layer other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return isLast() ? "last" : Integer.toString(index);
    }
}
