package org.patchlens.server.openapi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas of the records that requests and answers are made of.
final class JsonSchemas {
    private static final Map<Type, String> TYPES = Map.of(
            int.class, "integer",
            Integer.class, "integer",
            long.class, "integer",
            Long.class, "integer",
            float.class, "number",
            double.class, "number",
            Double.class, "number",
            boolean.class, "boolean",
            String.class, "string");

    private JsonSchemas() {}

    /// The schema of a type; anything is allowed where the type does not say.
    static ObjectNode of(Type type) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        if (TYPES.containsKey(type)) {
            return schema.put("type", TYPES.get(type));
        }
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class ? list(of(argument)) : of(argument);
        }
        if (type instanceof Class<?> one && one.isEnum()) {
            schema.put("type", "string");
            ArrayNode words = schema.putArray("enum");
            for (Object constant : one.getEnumConstants()) {
                words.add(constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            return schema;
        }
        return type instanceof Class<?> one && one.isRecord() ? record(one, schema) : schema;
    }

    /// The schema of a list of these.
    static ObjectNode list(ObjectNode element) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        schema.put("type", "array").set("items", element);
        return schema;
    }

    private static ObjectNode record(Class<?> type, ObjectNode schema) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = of(component.getGenericType());
            if (isUnwrapped(type, component)) {
                properties.setAll((ObjectNode) property.get("properties"));
                property.get("required").forEach(required::add);
            } else {
                properties.set(component.getName(), property);
                if (isRequired(component)) {
                    required.add(component.getName());
                }
            }
        }
        return schema;
    }

    private static boolean isRequired(RecordComponent component) {
        return component.getType() != Optional.class
                && !component.getAnnotatedType().isAnnotationPresent(org.jspecify.annotations.Nullable.class);
    }

    /// The annotation goes to the field of the component.
    private static boolean isUnwrapped(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName())
                    .isAnnotationPresent(com.fasterxml.jackson.annotation.JsonUnwrapped.class);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("a record without the field of its component: " + component, e);
        }
    }
}
