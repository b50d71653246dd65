package org.patchlens.model.family;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.model.safetensors.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model's `config.json`, read value by value, each within bounds: nothing is computed from a number that no
/// real model has.
///
/// A value that is missing has the default of the transformers library, since that is how the library writes and
/// reads the file.
public final class ModelConfig {
    private static final long LONGEST = 16L << 20;
    private static final int LONGEST_TEXT = 100;

    private final Path path;
    private final JsonNode json;

    private ModelConfig(Path path, JsonNode json) {
        this.path = path;
        this.json = json;
    }

    /// Reads `config.json` of a folder.
    public static ModelConfig read(Path folder) {
        Path path = folder.resolve("config.json");
        return new ModelConfig(path, StrictJson.read(path, LONGEST));
    }

    /// The part of a configuration that stands under a key, such as that of one of two towers.
    public ModelConfig section(String key) {
        JsonNode node = json.path(key);
        if (!node.isObject()) {
            throw refused(key + " is missing, which configures the part of the model that sees images");
        }
        return new ModelConfig(path, node);
    }

    /// The part under a key, if there is one.
    Optional<ModelConfig> findSection(String key) {
        JsonNode node = json.path(key);
        return node.isObject() ? Optional.of(new ModelConfig(path, node)) : Optional.empty();
    }

    /// The same file as if it said nothing.
    ModelConfig empty() {
        return new ModelConfig(path, JsonMapper.shared().createObjectNode());
    }

    /// Whether there is a value under a key.
    boolean has(String key) {
        return !isAbsent(json.path(key));
    }

    /// The file.
    public Path path() {
        return path;
    }

    /// A text.
    public String text(String key, String otherwise) {
        JsonNode node = json.path(key);
        if (isAbsent(node)) {
            return otherwise;
        }
        if (!node.isString()
                || node.stringValue().length() > LONGEST_TEXT
                || node.stringValue().chars().anyMatch(Character::isISOControl)) {
            throw wrong(key, node, "a text of at most " + LONGEST_TEXT + " characters");
        }
        return node.stringValue();
    }

    /// `true` or `false`.
    public boolean flag(String key, boolean otherwise) {
        JsonNode node = json.path(key);
        if (isAbsent(node)) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw wrong(key, node, "true or false");
        }
        return node.booleanValue();
    }

    /// A whole number from 1 to `largest`.
    public int count(String key, int otherwise, int largest) {
        JsonNode node = json.path(key);
        return isAbsent(node) ? otherwise : count(key, node, largest);
    }

    /// A whole number from 0 to `largest`.
    public int countOrZero(String key, int otherwise, int largest) {
        JsonNode node = json.path(key);
        return node.isIntegralNumber() && node.longValue() == 0 ? 0 : count(key, otherwise, largest);
    }

    /// A number above 0, at most `largest`.
    public double number(String key, double otherwise, double largest) {
        JsonNode node = json.path(key);
        if (isAbsent(node)) {
            return otherwise;
        }
        if (!node.isNumber() || !(node.doubleValue() > 0 && node.doubleValue() <= largest)) {
            throw wrong(key, node, "a number above 0, at most " + largest);
        }
        return node.doubleValue();
    }

    /// Whether a value is the number 0.
    public boolean isZero(String key) {
        JsonNode node = json.path(key);
        return node.isNumber() && node.doubleValue() == 0;
    }

    /// A number above 0 and below 1.
    public float fraction(String key, float otherwise) {
        JsonNode node = json.path(key);
        if (isAbsent(node)) {
            return otherwise;
        }
        if (!node.isNumber() || !(node.doubleValue() > 0 && node.doubleValue() < 1)) {
            throw wrong(key, node, "a number between 0 and 1");
        }
        return (float) node.doubleValue();
    }

    /// One whole number, or two as height and width.
    ///
    /// @return height and width
    public List<Integer> sides(String key, int otherwise, int largest) {
        JsonNode node = json.path(key);
        if (isAbsent(node)) {
            return List.of(otherwise, otherwise);
        }
        if (!node.isArray()) {
            int side = count(key, node, largest);
            return List.of(side, side);
        }
        if (node.size() != 2) {
            throw wrong(key, node, "one number, or height and width");
        }
        List<Integer> sides = new ArrayList<>();
        for (JsonNode side : node) {
            sides.add(count(key, side, largest));
        }
        return sides;
    }

    /// One of the names of an enumeration's choices.
    public <T> T choice(String key, String otherwise, Map<String, T> choices) {
        String name = text(key, otherwise).toLowerCase(Locale.ROOT);
        T choice = choices.get(name);
        if (choice == null) {
            throw refused(key + " is \"" + name + "\", and only "
                    + String.join(", ", choices.keySet().stream().sorted().toList()) + " are supported");
        }
        return choice;
    }

    /// An exception about this file.
    public PatchlensException refused(String problem) {
        return PatchlensException.badData(path.toString(), problem, "");
    }

    private int count(String key, JsonNode node, int largest) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1 || node.intValue() > largest) {
            throw wrong(key, node, "a whole number from 1 to " + largest);
        }
        return node.intValue();
    }

    private PatchlensException wrong(String key, JsonNode node, String expected) {
        String found = node.toString();
        return refused(key + " is " + (found.length() > 60 ? found.substring(0, 60) + "…" : found) + "; expected is "
                + expected);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
