package org.patchlens.study.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What is kept of a result; [org.patchlens.analysis.ResultFiles] makes it and reads it back.
///
/// @param options of the analysis, an object
/// @param provenance where the result comes from, an object
/// @param result the result, its arrays set aside; JSON
/// @param figures of the result, their arrays set aside; JSON
/// @param arrays that were set aside, by names of lower-case letters, digits and hyphens
public record ResultContent(
        JsonNode options,
        JsonNode provenance,
        String result,
        String figures,
        SequencedMap<String, NumberArray> arrays) {
    static final int MOST_ARRAYS = 10_000;
    static final int LONGEST_NAME = 200;
    static final Pattern ARRAY_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public ResultContent {
        arrays = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arrays));
        if (arrays.size() > MOST_ARRAYS) {
            throw new IllegalArgumentException(arrays.size() + " arrays; at most " + MOST_ARRAYS);
        }
        for (String name : arrays.keySet()) {
            if (name.length() > LONGEST_NAME || !ARRAY_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("an array called " + name);
            }
        }
    }
}
