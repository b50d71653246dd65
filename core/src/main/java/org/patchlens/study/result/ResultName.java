package org.patchlens.study.result;

import java.util.regex.Pattern;
import org.patchlens.PatchlensException;

/// Which result of a study: both parts are names of folders, so neither can lead anywhere else.
///
/// @param analysis that made it, such as `norms`
/// @param name that its user gave: lower-case letters, digits and hyphens, at most 64
public record ResultName(String analysis, String name) {
    /// The longest of both parts.
    public static final int LONGEST = 64;

    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public ResultName {
        check("analysis", analysis);
        check("name of a result", name);
    }

    private static void check(String what, String text) {
        if (text.length() > LONGEST || !WORD.matcher(text).matches()) {
            String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
            throw PatchlensException.usage(
                    what + " " + shown,
                    "lower-case letters, digits and hyphens between them are expected, at most " + LONGEST,
                    "");
        }
    }

    @Override
    public String toString() {
        return analysis + "/" + name;
    }
}
