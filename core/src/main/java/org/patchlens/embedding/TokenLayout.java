package org.patchlens.embedding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/// How a transformer's sequence is laid out: the special tokens first, then the patches row by row.
///
/// @param prefix the special tokens in the order of the sequence; empty for models that have patches only
public record TokenLayout(List<SpecialToken> prefix) {
    /// Patches only.
    public static final TokenLayout PATCHES_ONLY = new TokenLayout(List.of());

    /// CLS, then patches.
    public static final TokenLayout CLS_AND_PATCHES = new TokenLayout(List.of(SpecialToken.CLS));

    public TokenLayout {
        prefix = List.copyOf(prefix);
        if (Collections.frequency(prefix, SpecialToken.CLS) > 1) {
            throw new IllegalArgumentException("a sequence has at most one CLS token: " + prefix);
        }
    }

    /// CLS, registers, then patches.
    public static TokenLayout clsAndRegisters(int registers) {
        List<SpecialToken> prefix = new ArrayList<>(List.of(SpecialToken.CLS));
        prefix.addAll(Collections.nCopies(registers, SpecialToken.REGISTER));
        return new TokenLayout(prefix);
    }

    /// The index of the first patch in the sequence.
    public int firstPatch() {
        return prefix.size();
    }

    /// T, the length of the sequence for a grid.
    public int tokens(PatchGrid grid) {
        return prefix.size() + grid.patches();
    }

    /// The index of the CLS token, if the model has one.
    public OptionalInt cls() {
        int index = prefix.indexOf(SpecialToken.CLS);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /// The number of registers.
    public int registers() {
        return Collections.frequency(prefix, SpecialToken.REGISTER);
    }
}
