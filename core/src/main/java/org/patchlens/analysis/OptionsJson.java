package org.patchlens.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchlens.PatchlensException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Options as JSON, and the JSON schema that says which JSON is allowed.
public final class OptionsJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OptionsJson() {}

    /// All options by the names of the record's components, in its order.
    public static <O extends Record> ObjectNode json(OptionsSchema<O> schema, O options) {
        ObjectNode json = NODES.objectNode();
        for (Option option : schema.options()) {
            json.set(option.component(), value(option, schema.values(option, options)));
        }
        return json;
    }

    /// The options that may change a result, as text for [org.patchlens.embedding.Provenance].
    public static <O extends Record> String provenance(O options) {
        OptionsSchema<O> schema = OptionsSchema.of(options);
        ObjectNode json = json(schema, options);
        schema.options().stream()
                .filter(option -> !option.changesResult())
                .forEach(option -> json.remove(option.component()));
        return json.toString();
    }

    /// The defaults, changed by an object that names some of the options.
    ///
    /// @throws PatchlensException if a name is unknown, or a value malformed or out of range
    public static <O extends Record> O parse(OptionsSchema<O> schema, JsonNode json) {
        if (!json.isObject()) {
            throw PatchlensException.usage("options", "a JSON object is expected; " + json + " was given", "");
        }
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            Option option = schema.option(property.getKey(), Option::component);
            texts.put(option.component(), texts(option, property.getValue()));
        }
        return schema.build(texts);
    }

    /// A JSON schema (draft 2020-12) of the object that [#parse] reads.
    public static ObjectNode schema(OptionsSchema<?> schema) {
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("type", "object");
        ObjectNode properties = root.putObject("properties");
        for (Option option : schema.options()) {
            properties.set(option.component(), property(option));
        }
        root.put("additionalProperties", false);
        return root;
    }

    private static ObjectNode property(Option option) {
        ObjectNode property = NODES.objectNode();
        property.put("title", Words.title(option.name()));
        property.put("description", option.doc());
        switch (option.arity()) {
            case ONE -> property.setAll(one(option));
            case OPTIONAL -> {
                ArrayNode either = property.putArray("anyOf");
                either.add(one(option));
                either.addObject().put("type", "null");
            }
            case LIST -> property.put("type", "array").set("items", one(option));
        }
        property.set("default", value(option, option.defaults()));
        return property;
    }

    private static ObjectNode one(Option option) {
        ObjectNode one = NODES.objectNode();
        switch (option.type()) {
            case INTEGER, LONG -> one.put("type", "integer");
            case FLOAT, DOUBLE -> one.put("type", "number");
            case BOOLEAN -> one.put("type", "boolean");
            case CHOICE -> option.allowed().forEach(one.put("type", "string").putArray("enum")::add);
            case LAYER -> one.put("type", "string").put("pattern", "^(last|[0-9]+)$");
            case TEXT -> one.put("type", "string");
        }
        if (option.type().isNumber() && option.min() > Double.NEGATIVE_INFINITY) {
            one.set("minimum", number(option.min()));
        }
        if (option.type().isNumber() && option.max() < Double.POSITIVE_INFINITY) {
            one.set("maximum", number(option.max()));
        }
        return one;
    }

    private static JsonNode value(Option option, List<String> texts) {
        return switch (option.arity()) {
            case ONE -> one(option, texts.getFirst());
            case OPTIONAL -> texts.isEmpty() ? NODES.nullNode() : one(option, texts.getFirst());
            case LIST -> {
                ArrayNode array = NODES.arrayNode();
                texts.forEach(text -> array.add(one(option, text)));
                yield array;
            }
        };
    }

    private static JsonNode one(Option option, String text) {
        return switch (option.type()) {
            case INTEGER -> NODES.numberNode(Integer.parseInt(text));
            case LONG -> NODES.numberNode(Long.parseLong(text));
            case FLOAT -> NODES.numberNode(Float.parseFloat(text));
            case DOUBLE -> NODES.numberNode(Double.parseDouble(text));
            case BOOLEAN -> NODES.booleanNode(Boolean.parseBoolean(text));
            case CHOICE, LAYER, TEXT -> NODES.stringNode(text);
        };
    }

    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
                ? NODES.numberNode((long) value)
                : NODES.numberNode(value);
    }

    private static List<String> texts(Option option, JsonNode value) {
        if (value.isNull() && option.arity() == Option.Arity.OPTIONAL) {
            return List.of();
        }
        if (!value.isArray() || option.arity() != Option.Arity.LIST) {
            return List.of(scalar(option, value));
        }
        List<String> texts = new ArrayList<>();
        value.forEach(element -> texts.add(scalar(option, element)));
        return texts;
    }

    private static String scalar(Option option, JsonNode value) {
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw PatchlensException.usage(
                    option.component(), "a single value is expected; " + value + " was given", "");
        }
        return value.asString();
    }
}
