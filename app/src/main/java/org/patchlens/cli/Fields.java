package org.patchlens.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Names and values, one per line, the values below each other.
final class Fields {
    private final SequencedMap<String, String> values = new LinkedHashMap<>();

    /// Adds a line.
    Fields add(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    /// The lines, each ended by a newline.
    String text() {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String blank = " ".repeat(width - entry.getKey().length());
            text.append(entry.getKey())
                    .append(blank)
                    .append("  ")
                    .append(entry.getValue())
                    .append('\n');
        }
        return text.toString();
    }
}
