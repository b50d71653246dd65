package org.patchlens.model.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.patchlens.embedding.Version;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.OperatorSetIdProto;
import org.patchlens.model.onnx.schema.StringStringEntryProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.onnx.schema.TensorShapeProto;
import org.patchlens.model.onnx.schema.TypeProto;
import org.patchlens.model.onnx.schema.ValueInfoProto;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.tensor.FloatMatrix;

/// An ONNX graph in the making. Every method that adds something returns the name of its value; names count up, so
/// that the same calls give the same bytes.
final class OnnxGraph {
    /// The version of the operators that the graph uses; Gelu came with it.
    static final int OPSET = 20;

    /// The domain of the operators that ONNX Runtime adds.
    static final String MICROSOFT = "com.microsoft";

    private static final int IR_VERSION = 9;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("vit");
    private final Map<String, String> weights = new HashMap<>();
    private final SequencedMap<String, StoredTensor> int8Weights = new LinkedHashMap<>();
    private int values;

    /// An input of floats; its first dimension is free.
    void input(String name, long... otherDimensions) {
        graph.addInput(withFreeRows(name, otherDimensions));
    }

    /// Makes a value an output under its own name, so that nothing is copied; its first dimension is free.
    void output(String value, long... otherDimensions) {
        graph.addOutput(withFreeRows(value, otherDimensions));
    }

    /// The 32-bit floats of a tensor in a file. The graph only says where they lie; ONNX Runtime maps them, and
    /// widens 16-bit numbers once when it loads the graph.
    String weight(StoredTensor tensor) {
        return weights.computeIfAbsent(tensor.name(), name -> {
            TensorProto.Builder initializer = external(tensor, name, dataType(tensor))
                    .addAllDims(tensor.shape())
                    .addExternalData(entry("offset", Long.toString(tensor.offset())))
                    .addExternalData(entry("length", Long.toString(tensor.bytes())));
            graph.addInitializer(initializer);
            return initializer.getDataType() == TensorProto.DataType.FLOAT_VALUE
                    ? name
                    : node("Cast", List.of(name), Attributes.NONE.with("to", TensorProto.DataType.FLOAT_VALUE));
        });
    }

    /// The names of a weight in 8-bit integers.
    ///
    /// @param numbers `int8[in][out]`
    /// @param scales `float[out]`
    record Int8Names(String numbers, String scales) {
        static Int8Names of(StoredTensor tensor) {
            return new Int8Names(tensor.name() + " in 8 bits", tensor.name() + " scales");
        }
    }

    /// A linear map's weight in 8-bit integers. The graph only has its names: [Int8Weight] makes the numbers, and
    /// [OnnxRuntime] hands them over when it loads the graph.
    Int8Names int8Weight(StoredTensor tensor) {
        Int8Names names = Int8Names.of(tensor);
        if (int8Weights.putIfAbsent(tensor.name(), tensor) == null) {
            long outputs = tensor.shape().getFirst();
            long inputs = tensor.shape().getLast();
            graph.addInitializer(external(tensor, names.numbers(), TensorProto.DataType.INT8_VALUE)
                    .addDims(inputs)
                    .addDims(outputs));
            graph.addInitializer(external(tensor, names.scales(), TensorProto.DataType.FLOAT_VALUE)
                    .addDims(outputs));
        }
        return names;
    }

    /// The weights that somebody must hand over in 8-bit integers.
    List<StoredTensor> int8Weights() {
        return List.copyOf(int8Weights.values());
    }

    /// One whole number from 0 to 255.
    String uint8(int number) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(nextName())
                .setDataType(TensorProto.DataType.UINT8_VALUE)
                .addInt32Data(number);
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// A list of whole numbers, as operators take shapes and positions.
    String numbers(long... numbers) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(nextName())
                .addDims(numbers.length)
                .setDataType(TensorProto.DataType.INT64_VALUE);
        for (long number : numbers) {
            tensor.addInt64Data(number);
        }
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// One float.
    String scalar(float number) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(nextName())
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addFloatData(number);
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// The rows of a matrix as `float[1][rows][columns]`.
    String matrix(FloatMatrix matrix) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(matrix.size() * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                bytes.putFloat(matrix.get(row, column));
            }
        }
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(nextName())
                .addDims(1)
                .addDims(matrix.rows())
                .addDims(matrix.columns())
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(bytes.flip()));
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// A node of standard ONNX with one output.
    String node(String operator, List<String> inputs, Attributes attributes) {
        return node("", operator, inputs, attributes);
    }

    /// A node without attributes.
    String node(String operator, String... inputs) {
        return node("", operator, List.of(inputs), Attributes.NONE);
    }

    /// A node of an operator of some domain with one output.
    String node(String domain, String operator, List<String> inputs, Attributes attributes) {
        String output = nextName();
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName(operator + "_" + output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(attributes.protos()));
        return output;
    }

    /// The whole model.
    ModelProto build() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("patchlens")
                .setProducerVersion(Version.CURRENT)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
                .setGraph(graph)
                .build();
    }

    private String nextName() {
        values++;
        return "value" + values;
    }

    private static int dataType(StoredTensor tensor) {
        return switch (tensor.type()) {
            case F32 -> TensorProto.DataType.FLOAT_VALUE;
            case F16 -> TensorProto.DataType.FLOAT16_VALUE;
            case BF16 -> TensorProto.DataType.BFLOAT16_VALUE;
            case BOOL,
                    F4,
                    F6_E2M3,
                    F6_E3M2,
                    U8,
                    I8,
                    F8_E5M2,
                    F8_E4M3,
                    F8_E8M0,
                    F8_E4M3FNUZ,
                    F8_E5M2FNUZ,
                    I16,
                    U16,
                    I32,
                    U32,
                    C64,
                    F64,
                    I64,
                    U64 -> throw new IllegalArgumentException(tensor.name() + " of type " + tensor.type());
        };
    }

    private static TensorProto.Builder external(StoredTensor tensor, String name, int type) {
        String file = Objects.requireNonNull(tensor.file().getFileName()).toString();
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", file));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static ValueInfoProto withFreeRows(String name, long... otherDimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows_of_" + name));
        for (long dimension : otherDimensions) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }
}
