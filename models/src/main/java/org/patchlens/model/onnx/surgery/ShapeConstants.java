package org.patchlens.model.onnx.surgery;

import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.NodeProto;
import org.patchlens.model.onnx.schema.TensorProto;

/// Refuses shapes written into a graph that nobody has memory for, before ONNX Runtime takes it.
final class ShapeConstants {
    private static final double MOST_NUMBERS = 1L << 31;

    private static final Map<String, Integer> SHAPE_INPUT =
            Map.of("ConstantOfShape", 0, "Expand", 1, "Reshape", 1, "Tile", 1, "Pad", 1, "Resize", 3);

    private ShapeConstants() {}

    static void refuseHuge(Path path, GraphProto graph) {
        Map<String, TensorProto> tensors = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            int index = SHAPE_INPUT.getOrDefault(node.getOpType(), Integer.MAX_VALUE);
            TensorProto shape = index < node.getInputCount() ? tensors.get(node.getInput(index)) : null;
            if (shape != null && product(shape) > MOST_NUMBERS) {
                throw OnnxFile.bad(
                        path,
                        "the node " + Words.shown(node.getOpType()) + " would make "
                                + String.format(Locale.ROOT, "%.0e", product(shape))
                                + " numbers, more than any Vision Transformer has");
            }
        }
    }

    private static double product(TensorProto shape) {
        double product = 1;
        for (long side : numbers(shape)) {
            product *= Math.max(1.0, Math.abs((double) side));
        }
        return product;
    }

    private static List<Long> numbers(TensorProto tensor) {
        if (tensor.getDataType() != TensorProto.DataType.INT64_VALUE) {
            return List.of();
        }
        if (!tensor.hasRawData()) {
            return tensor.getInt64DataList();
        }
        LongBuffer numbers = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        return numbers.remaining() == 0
                ? List.of()
                : LongStream.range(0, numbers.remaining())
                        .map(i -> numbers.get((int) i))
                        .boxed()
                        .toList();
    }
}
