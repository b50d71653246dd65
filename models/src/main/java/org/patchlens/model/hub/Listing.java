package org.patchlens.model.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The files of a revision.
///
/// @param commit that the revision stands for
/// @param paths of its files, without those whose names could leave a folder
record Listing(String commit, List<String> paths) {
    private static final int MOST_FILES = 100_000;
    private static final int LONGEST_PATH = 500;
    private static final String WORD = "[A-Za-z0-9_+=@-][A-Za-z0-9._+=@ -]*";

    /// Relative, without a part that begins with a dot: inside the snapshot's folder on every system.
    private static final Pattern HARMLESS = Pattern.compile(WORD + "(?:/" + WORD + ")*");

    Listing {
        paths = List.copyOf(paths);
    }

    /// Reads the hub's answer.
    static Listing of(ModelName name, JsonNode json) {
        String commit = json.path("sha").asString("");
        JsonNode files = json.path("siblings");
        if (!ModelName.isCommit(commit) || !files.isArray() || files.size() > MOST_FILES) {
            throw HubProblem.nonsense(name, "the hub answers with something that is no list of files");
        }
        List<String> paths = new ArrayList<>();
        for (JsonNode file : files) {
            String path = file.path("rfilename").asString("");
            if (path.length() <= LONGEST_PATH && HARMLESS.matcher(path).matches()) {
                paths.add(path);
            }
        }
        return new Listing(commit, paths);
    }
}
