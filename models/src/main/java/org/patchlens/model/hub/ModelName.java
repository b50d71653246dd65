package org.patchlens.model.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchlens.PatchlensException;

/// A model on a hub: `owner/name`, or `owner/name@revision`.
///
/// @param owner a user or an organisation
/// @param name of the model
/// @param revision a branch, a tag or a commit; `main` where none is given
public record ModelName(String owner, String name, String revision) {
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
    private static final Pattern FORM =
            Pattern.compile("(" + WORD + ")/(" + WORD + ")(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,199}))?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /// What the text says, if it has the form.
    public static Optional<ModelName> find(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || text.contains("..") || text.contains("//") || text.contains("--")) {
            return Optional.empty(); // the cache separates owner and name by two hyphens
        }
        String revision = matcher.group(3);
        return Optional.of(new ModelName(matcher.group(1), matcher.group(2), revision == null ? "main" : revision));
    }

    /// What the text says.
    ///
    /// @throws PatchlensException if it has not the form
    public static ModelName get(String text) {
        return find(text)
                .orElseThrow(() -> PatchlensException.usage(
                        text,
                        "this is no name of a model on a hub",
                        "Write owner/name or owner/name@revision, such as facebook/dinov2-small"));
    }

    /// Whether the revision is a commit, which stands for the same files for ever.
    boolean isCommit() {
        return isCommit(revision);
    }

    /// Whether a text is a commit: 40 lower-case hexadecimal digits.
    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /// `owner/name`.
    public String repository() {
        return owner + "/" + name;
    }

    @Override
    public String toString() {
        return revision.equals("main") ? repository() : repository() + "@" + revision;
    }
}
