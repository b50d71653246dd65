package org.patchlens.model.onnx.surgery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.onnx.schema.ValueInfoProto;

/// The type of the numbers of every value, as far as the operators of Vision Transformers decide it.
final class ElementTypes {
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private final Map<String, Integer> types = new HashMap<>();

    ElementTypes(GraphProto graph) {
        for (ValueInfoProto input : graph.getInputList()) {
            types.put(input.getName(), input.getType().getTensorType().getElemType());
        }
        graph.getInitializerList().forEach(tensor -> types.put(tensor.getName(), tensor.getDataType()));
        graph.getNodeList().forEach(this::add);
    }

    /// The number of an ONNX type; 32-bit floats where nothing says otherwise.
    int of(String value) {
        return types.getOrDefault(value, FLOAT);
    }

    private void add(NodeProto node) {
        int first = input(node, 0);
        List<Integer> outputs = switch (node.getOpType()) {
            case "Shape", "Size", "NonZero", "ArgMax" -> List.of(TensorProto.DataType.INT64_VALUE);
            case "Cast" -> List.of(ValueGraph.number(node, "to").orElse(FLOAT));
            case "CastLike", "Where" -> List.of(input(node, 1));
            case "DynamicQuantizeLinear" ->
                List.of(TensorProto.DataType.UINT8_VALUE, FLOAT, TensorProto.DataType.UINT8_VALUE);
            case "MatMulInteger", "ConvInteger" -> List.of(TensorProto.DataType.INT32_VALUE);
            case "DequantizeLinear" -> List.of(input(node, 1));
            case "QuantizeLinear" -> List.of(input(node, 2));
            case "Equal", "Greater", "Less", "IsNaN", "Not", "And", "Or" -> List.of(TensorProto.DataType.BOOL_VALUE);
            case "ConstantOfShape" -> List.of(filling(node));
            case "Constant" -> List.of(FLOAT);
            default -> List.of(first);
        };
        for (int i = 0; i < node.getOutputCount(); i++) {
            types.put(node.getOutput(i), outputs.get(Math.min(i, outputs.size() - 1)));
        }
    }

    private static int filling(NodeProto node) {
        return node.getAttributeCount() == 0
                ? FLOAT
                : node.getAttribute(0).getT().getDataType();
    }

    private int input(NodeProto node, int index) {
        return node.getInputCount() > index ? of(node.getInput(index)) : FLOAT;
    }
}
