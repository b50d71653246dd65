package org.patchlens.phantom.cohort;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.phantom.scanner.ShortcutKind;

/// A planted shortcut.
///
/// @param kind what is planted
/// @param strength 0 (as often in diseased as in normal patients) to 1 (in all diseased patients and in no other)
public record Shortcut(ShortcutKind kind, double strength) {
    public Shortcut {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength " + strength);
        }
    }

    /// Reads `kind:strength`, such as `marker:0.8`; without strength it is 1.
    public static Shortcut parse(String text) {
        String[] parts = text.strip().split(":", 2);
        Optional<ShortcutKind> kind = Arrays.stream(ShortcutKind.values())
                .filter(candidate -> candidate.word().equals(parts[0]))
                .findFirst();
        String kinds =
                Arrays.stream(ShortcutKind.values()).map(ShortcutKind::word).collect(Collectors.joining(", "));
        if (kind.isEmpty()) {
            throw PatchlensException.usage(
                    "--shortcut " + text, "there are the shortcuts " + kinds, "Write one such as marker:0.8");
        }
        return new Shortcut(kind.get(), parts.length == 1 ? 1 : strength(text, parts[1]));
    }

    private static double strength(String text, String number) {
        try {
            double strength = Double.parseDouble(number);
            if (strength >= 0 && strength <= 1) {
                return strength;
            }
            throw outside(text);
        } catch (NumberFormatException e) {
            throw outside(text).causedBy(e);
        }
    }

    private static PatchlensException outside(String text) {
        return PatchlensException.usage(
                "--shortcut " + text, "a strength from 0 to 1 is expected after the colon", "Write marker:0.8");
    }

    /// The share of the patients of a label that have it.
    double share(boolean diseased) {
        return diseased ? 0.5 + strength / 2 : 0.5 - strength / 2;
    }
}
