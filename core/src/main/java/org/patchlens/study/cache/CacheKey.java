package org.patchlens.study.cache;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchlens.study.disk.Checksum;
import org.patchlens.study.disk.JsonFields;
import tools.jackson.databind.node.ObjectNode;

/// All that an entry of the cache depends on: another value anywhere is another entry.
///
/// @param name what is kept, such as `neighbors`: lower-case words with hyphens
/// @param formatVersion of its files, from 1; raise it whenever the same inputs give other files
/// @param inputs what it is made of, by name: options as text, data as their SHA-256
public record CacheKey(String name, int formatVersion, SortedMap<String, String> inputs) {
    private static final int MOST_INPUTS = 64;
    private static final int HASH_DIGITS = 32;

    public CacheKey {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || formatVersion < 1 || inputs.size() > MOST_INPUTS) {
            throw new IllegalArgumentException("a cached " + name + " of version " + formatVersion + " of " + inputs);
        }
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    /// A key without inputs yet.
    public static CacheKey of(String name, int formatVersion) {
        return new CacheKey(name, formatVersion, new TreeMap<>());
    }

    /// This key with one more input.
    public CacheKey with(String input, Object value) {
        TreeMap<String, String> more = new TreeMap<>(inputs);
        more.put(input, value.toString());
        return new CacheKey(name, formatVersion, more);
    }

    /// The name of the folder that holds the entry.
    String folder() {
        String text = toJson().toString();
        return name + "-" + Checksum.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonFields.object();
        json.put("name", name);
        json.put("formatVersion", formatVersion);
        ObjectNode values = json.putObject("inputs");
        inputs.forEach(values::put);
        return json;
    }
}
