package org.patchlens.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// JSON as requests and answers have it: keys in the order of the record, absent values left out, enum constants
/// in lower case, nothing unknown accepted.
public final class Json {
    /// Reads and writes it.
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addModule(new SimpleModule("words").addSerializer(Enum.class, new Word()))
            .build();

    private Json() {}

    /// The value as bytes.
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// The value as text.
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    @SuppressWarnings("rawtypes") // the module takes a serializer of all enums by the raw class
    private static final class Word extends ValueSerializer<Enum> {
        @Override
        public void serialize(Enum constant, JsonGenerator out, SerializationContext context) {
            out.writeString(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
