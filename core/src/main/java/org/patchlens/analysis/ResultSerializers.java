package org.patchlens.analysis;

import java.util.List;
import org.patchlens.embedding.Layer;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;

/// How the types of results are written where [ResultJson] differs from Jackson's own ways.
final class ResultSerializers {
    private ResultSerializers() {}

    static SimpleModule module() {
        return new SimpleModule("results")
                .setSerializerModifier(new ListsOfWholeNumbers())
                .addSerializer(FloatMatrix.class, new Matrix())
                .addSerializer(Layer.class, new LayerText())
                .addSerializer(Enum.class, new Word())
                .addSerializer(float.class, new FloatNumber())
                .addSerializer(Float.class, new FloatNumber())
                .addSerializer(double.class, new DoubleNumber())
                .addSerializer(Double.class, new DoubleNumber());
    }

    /// How the components of a provenance are written, where this is not as they are.
    interface ProvenanceFields {
        @JsonSerialize(using = EmbeddedJson.class)
        String options();
    }

    private static void write(JsonGenerator out, float value) {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private static final class Matrix extends ValueSerializer<FloatMatrix> {
        @Override
        public void serialize(FloatMatrix matrix, JsonGenerator out, SerializationContext context) {
            if (SeparateArrays.setAside(matrix, out, context)) {
                return;
            }
            out.writeStartArray();
            for (int row = 0; row < matrix.rows(); row++) {
                out.writeStartArray();
                for (int column = 0; column < matrix.columns(); column++) {
                    write(out, matrix.get(row, column));
                }
                out.writeEndArray();
            }
            out.writeEndArray();
        }
    }

    private static final class ListsOfWholeNumbers extends ValueSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifyCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription.Supplier description,
                ValueSerializer<?> serializer) {
            return type.getContentType().hasRawClass(Integer.class) ? new WholeNumbers() : serializer;
        }
    }

    private static final class WholeNumbers extends ValueSerializer<List<Integer>> {
        @Override
        public void serialize(List<Integer> numbers, JsonGenerator out, SerializationContext context) {
            if (!SeparateArrays.setAside(numbers, out, context)) {
                out.writeStartArray();
                numbers.forEach(out::writeNumber);
                out.writeEndArray();
            }
        }
    }

    private static final class LayerText extends ValueSerializer<Layer> {
        @Override
        public void serialize(Layer layer, JsonGenerator out, SerializationContext context) {
            out.writeString(layer.toString());
        }
    }

    @SuppressWarnings("rawtypes") // the module takes a serializer of all enums by the raw class
    private static final class Word extends ValueSerializer<Enum> {
        @Override
        public void serialize(Enum constant, JsonGenerator out, SerializationContext context) {
            out.writeString(Words.kebab(constant.name()));
        }
    }

    private static final class FloatNumber extends ValueSerializer<Float> {
        @Override
        public void serialize(Float value, JsonGenerator out, SerializationContext context) {
            write(out, value);
        }
    }

    private static final class DoubleNumber extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializationContext context) {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    /// Text that is JSON as the JSON that it is; any other text as text.
    static final class EmbeddedJson extends ValueSerializer<String> {
        private static final JsonMapper READER = JsonMapper.shared();

        @Override
        public void serialize(String text, JsonGenerator out, SerializationContext context) {
            try {
                out.writeTree(READER.readTree(text));
            } catch (JacksonException e) {
                out.writeString(text);
            }
        }
    }
}
