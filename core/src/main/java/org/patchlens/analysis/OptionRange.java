package org.patchlens.analysis;

import org.patchlens.PatchlensException;

/// The check of a number in the constructor of options, for callers in Java; the edges check by the [Doc].
public final class OptionRange {
    private OptionRange() {}

    /// Refuses a number outside of a range, and what is not a number.
    ///
    /// @param option its name on the command line without hyphens
    public static void check(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw PatchlensException.usage(
                    option, "is " + text(value) + "; it must be " + text(low) + " to " + text(high), "");
        }
    }

    private static String text(double value) {
        return value == (long) value ? String.valueOf((long) value) : String.valueOf(value);
    }
}
