package org.patchlens.study.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object of a file that is not believed: every field is fetched with its type and range.
///
/// @param file for messages
/// @param node the object
public record JsonFields(Path file, JsonNode node) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// Reads a file that holds one object.
    ///
    /// @param longest the most bytes that are read
    /// @throws PatchlensException if it is longer or no JSON object
    public static JsonFields read(Path file, int longest) {
        byte[] content = content(file, longest);
        try {
            JsonNode node = MAPPER.readTree(content);
            if (!node.isObject()) {
                throw PatchlensException.badData(file.toString(), "is no JSON object", "");
            }
            return new JsonFields(file, node);
        } catch (JacksonException e) {
            throw PatchlensException.badData(file.toString(), "is not JSON: " + e.getOriginalMessage(), "")
                    .causedBy(e);
        }
    }

    private static byte[] content(Path file, int longest) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(longest + 1);
            if (content.length > longest) {
                throw PatchlensException.badData(
                        file.toString(), "is larger than the " + longest + " bytes that such a file may have", "");
            }
            return content;
        } catch (IOException e) {
            throw DiskProblem.reading(file, e);
        }
    }

    /// The bytes of an object: UTF-8, two spaces, line feeds, and a line feed at the end; the same everywhere.
    public static byte[] write(ObjectNode object) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        String text = MAPPER.writer().with(printer).writeValueAsString(object);
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// An empty object to be filled.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// A string of at most this many characters.
    public String text(String name, int longest) {
        JsonNode value = get(name);
        if (!value.isString() || value.asString().length() > longest) {
            throw wrong(name, value, "a string of at most " + longest + " characters");
        }
        return value.asString();
    }

    /// A SHA-256.
    public String sha256(String name) {
        String value = text(name, 64);
        if (!value.matches("[0-9a-f]{64}")) {
            throw wrong(name, get(name), "64 lower-case hexadecimal digits");
        }
        return value;
    }

    /// A whole number in a range.
    public int integer(String name, int least, int most) {
        return (int) number(name, least, most);
    }

    /// A whole number in a range.
    public long number(String name, long least, long most) {
        JsonNode value = get(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least || value.asLong() > most) {
            throw wrong(name, value, "a whole number from " + least + " to " + most);
        }
        return value.asLong();
    }

    /// An object.
    public JsonFields object(String name) {
        JsonNode value = get(name);
        if (!value.isObject()) {
            throw wrong(name, value, "an object");
        }
        return new JsonFields(file, value);
    }

    /// A list of objects.
    public List<JsonFields> objects(String name, int most) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : elements(name, most)) {
            if (!element.isObject()) {
                throw wrong(name, element, "a list of objects");
            }
            objects.add(new JsonFields(file, element));
        }
        return objects;
    }

    /// A list of strings and numbers, all as text.
    public List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name, most)) {
            if (!element.isString() && !element.isIntegralNumber()) {
                throw wrong(name, element, "a list of strings and whole numbers");
            }
            texts.add(element.asString());
        }
        return texts;
    }

    /// The fields of this object, all of them strings.
    public SequencedMap<String, String> texts(int most, int longest) {
        if (node.size() > most) {
            throw wrong("header", node, "an object of at most " + most + " fields");
        }
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        node.propertyNames().forEach(name -> texts.put(name, text(name, longest)));
        return texts;
    }

    private JsonNode elements(String name, int most) {
        JsonNode value = get(name);
        if (!value.isArray() || value.size() > most) {
            throw wrong(name, value, "a list of at most " + most + " elements");
        }
        return value;
    }

    private JsonNode get(String name) {
        @Nullable JsonNode value = node.get(name);
        if (value == null) {
            throw PatchlensException.badData(file.toString(), "has no field " + name, "");
        }
        return value;
    }

    /// The complaint about a field: what was found there and what is expected.
    public PatchlensException wrong(String name, String found, String expected) {
        return PatchlensException.badData(
                file.toString(), "field " + name + " is " + shortened(found) + "; expected is " + expected, "");
    }

    private PatchlensException wrong(String name, JsonNode found, String expected) {
        return wrong(name, found.toString(), expected);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
