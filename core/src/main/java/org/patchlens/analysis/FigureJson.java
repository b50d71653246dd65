package org.patchlens.analysis;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.study.result.NumberArray;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;

/// Figures as JSON and back.
///
/// A figure is an object of its record's components with `kind` before them, such as `heatmap`; matrices,
/// enums and
/// numbers are as in [ResultJson]. Matrices of more than 1,024 numbers may be set aside; in their place stands
/// `{"array": name, "type": "f32", "shape": [rows, columns]}`.
public final class FigureJson {
    private static final String LOOKUP = "arrays";
    private static final TypeReference<List<Figure>> FIGURES = new TypeReference<>() {};
    private static final JsonMapper MAPPER = mapper();

    private FigureJson() {}

    /// An interface whose kinds are told apart by name.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kinds {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .addModule(ResultSerializers.module())
                .addModule(new SimpleModule("figures")
                        .addDeserializer(FloatMatrix.class, new Matrix())
                        .setDeserializerModifier(new WordsOfEnums()));
        for (Class<?> sealed : List.of(Figure.class, Figure.PointColors.class)) {
            builder.addMixIn(sealed, Kinds.class);
            for (Class<?> kind : sealed.getPermittedSubclasses()) {
                builder.registerSubtypes(new NamedType(kind, Words.kebab(kind.getSimpleName())));
            }
        }
        return builder.build();
    }

    /// The figures as an array, every number in place.
    public static String text(List<Figure> figures) {
        return MAPPER.writerFor(FIGURES).writeValueAsString(figures);
    }

    /// The same text with long arrays set aside.
    static String text(List<Figure> figures, SeparateArrays arrays) {
        return MAPPER.writerFor(FIGURES)
                .withAttribute(SeparateArrays.ATTRIBUTE, arrays)
                .writeValueAsString(figures);
    }

    /// The figures that a text tells of.
    ///
    /// @param arrays those that were set aside
    /// @throws PatchlensException if the text is not what is written here
    public static List<Figure> parse(String text, SequencedMap<String, NumberArray> arrays) {
        Function<String, @Nullable NumberArray> lookup = arrays::get;
        try {
            return List.copyOf(
                    MAPPER.readerFor(FIGURES).withAttribute(LOOKUP, lookup).<List<Figure>>readValue(text));
        } catch (JacksonException e) {
            throw PatchlensException.badData("figures", "cannot be read: " + e.getOriginalMessage(), "")
                    .causedBy(e);
        }
    }

    private static final class Matrix extends ValueDeserializer<FloatMatrix> {
        @Override
        public FloatMatrix deserialize(JsonParser in, DeserializationContext context) {
            JsonNode node = context.readTree(in);
            if (node.isObject()) {
                return setAside(node, context);
            }
            List<float[]> rows = new ArrayList<>();
            for (JsonNode row : node) {
                rows.add(numbers(row));
            }
            int columns = rows.isEmpty() ? 0 : rows.getFirst().length;
            FloatMatrix matrix = FloatMatrix.zeros(rows.size(), columns);
            for (int row = 0; row < rows.size(); row++) {
                if (rows.get(row).length != columns) {
                    return context.reportInputMismatch(FloatMatrix.class, "row %s is of another length", row);
                }
                matrix.row(row).copyFrom(FloatMatrix.of(1, columns, rows.get(row)));
            }
            return matrix;
        }

        private static float[] numbers(JsonNode row) {
            float[] numbers = new float[row.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = row.get(i).isNumber() ? row.get(i).floatValue() : Float.NaN;
            }
            return numbers;
        }

        private static FloatMatrix setAside(JsonNode reference, DeserializationContext context) {
            @SuppressWarnings("unchecked") // set by parse alone
            Function<String, @Nullable NumberArray> lookup =
                    (Function<String, @Nullable NumberArray>) context.getAttribute(LOOKUP);
            String name = reference.path("array").asString("");
            NumberArray array = lookup.apply(name);
            if (array == null
                    || array.type() != NumberArray.Type.F32
                    || array.shape().size() != 2) {
                return context.reportInputMismatch(FloatMatrix.class, "there is no matrix called %s", name);
            }
            return array.matrix();
        }
    }

    /// Enum constants are written in lower case with hyphens.
    private static final class WordsOfEnums extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                ValueDeserializer<?> deserializer) {
            return new Word(type.getRawClass());
        }
    }

    private static final class Word extends ValueDeserializer<Object> {
        private final Class<?> type;

        Word(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            String word = in.getString();
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> Words.kebab(((Enum<?>) constant).name()).equals(word))
                    .findFirst()
                    .orElseGet(() -> context.reportInputMismatch(type, "there is no %s", word));
        }
    }
}
