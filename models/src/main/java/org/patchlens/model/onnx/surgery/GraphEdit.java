package org.patchlens.model.onnx.surgery;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.model.onnx.Attributes;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.ModelProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.onnx.schema.TensorShapeProto;
import org.patchlens.model.onnx.schema.TypeProto;
import org.patchlens.model.onnx.schema.ValueInfoProto;

/// Adds nodes to a copy of somebody's graph, under names that the graph does not have.
final class GraphEdit {
    private final ModelProto model;
    private final String prefix;
    private final List<NodeProto> nodes = new ArrayList<>();
    private final GraphProto.Builder graph;
    private int values;

    /// Copies all but nodes and outputs.
    ///
    /// @param model to copy, all but its nodes and outputs
    GraphEdit(ModelProto model) {
        this.model = model;
        this.prefix = unused(model.getGraph());
        this.graph = model.getGraph().toBuilder().clearNode().clearOutput();
    }

    private static String unused(GraphProto graph) {
        StringBuilder prefix = new StringBuilder("patchlens_");
        while (graph.getNodeList().stream()
                        .flatMap(node -> node.getOutputList().stream())
                        .anyMatch(name -> name.startsWith(prefix.toString()))
                || graph.getInitializerList().stream()
                        .anyMatch(tensor -> tensor.getName().startsWith(prefix.toString()))
                || graph.getInputList().stream()
                        .anyMatch(input -> input.getName().startsWith(prefix.toString()))) {
            prefix.append('_');
        }
        return prefix.toString();
    }

    /// Puts a node at the end as it is.
    void add(NodeProto node) {
        nodes.add(node);
    }

    /// A name that no value has.
    String nextName() {
        values++;
        return prefix + values;
    }

    /// A node with one output.
    String node(String operator, List<String> inputs, Attributes attributes) {
        String output = nextName();
        nodeInto(output, operator, inputs, attributes);
        return output;
    }

    /// A node without attributes.
    String node(String operator, String... inputs) {
        return node(operator, List.of(inputs), Attributes.NONE);
    }

    /// A node that makes a value of a given name.
    void nodeInto(String output, String operator, List<String> inputs, Attributes attributes) {
        nodes.add(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(operator + "_" + output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(attributes.protos())
                .build());
    }

    /// A value as numbers of a type.
    String cast(String value, int type) {
        return node("Cast", List.of(value), Attributes.NONE.with("to", (long) type));
    }

    String transpose(String value, long... order) {
        return node("Transpose", List.of(value), Attributes.NONE.withList("perm", order));
    }

    /// A value in parts of these lengths along its last dimension.
    List<String> split(String value, long... lengths) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            parts.add(nextName());
        }
        nodes.add(NodeProto.newBuilder()
                .setOpType("Split")
                .setName("Split_" + parts.getFirst())
                .addInput(value)
                .addInput(numbers(lengths))
                .addAllOutput(parts)
                .addAllAttribute(Attributes.NONE.with("axis", -1).protos())
                .build());
        return parts;
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

    /// Floats of a shape.
    String floats(float[] numbers, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(nextName()).setDataType(TensorProto.DataType.FLOAT_VALUE);
        for (long side : shape) {
            tensor.addDims(side);
        }
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /// Replaces all inputs by one of floats, whose first dimension is free.
    void input(String name, long... otherDimensions) {
        graph.clearInput().addInput(described(name, TensorProto.DataType.FLOAT, otherDimensions));
    }

    /// Returns a value, whose first dimension is free.
    void output(String value, TensorProto.DataType type, long... otherDimensions) {
        graph.addOutput(described(value, type, otherDimensions));
    }

    /// Returns floats of which nothing is said.
    void outputOfAnyShape(String value) {
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName(value)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE))));
    }

    /// An input of a known shape.
    static ValueInfoProto fixed(String name, int type, List<Long> dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        dimensions.forEach(
                side -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }

    private static ValueInfoProto described(String name, TensorProto.DataType type, long... otherDimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows_of_" + name));
        for (long side : otherDimensions) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    /// The whole model, with nothing that the outputs do not need.
    ModelProto buildPruned() {
        return model.toBuilder().setGraph(Pruning.apply(graph, nodes)).build();
    }

    /// The whole model with its own outputs.
    ModelProto buildWithOwnOutputs() {
        return model.toBuilder()
                .setGraph(graph.addAllNode(nodes).addAllOutput(model.getGraph().getOutputList()))
                .build();
    }
}
