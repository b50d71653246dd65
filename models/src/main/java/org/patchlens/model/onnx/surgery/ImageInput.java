package org.patchlens.model.onnx.surgery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchlens.model.onnx.schema.GraphProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.onnx.schema.TensorShapeProto;
import org.patchlens.model.onnx.schema.TypeProto;
import org.patchlens.model.onnx.schema.ValueInfoProto;

/// The input that takes pictures, `[B][channels][height][width]`.
///
/// @param name in the graph
/// @param type of its numbers, as ONNX counts types
/// @param images that a run takes, if that is fixed
/// @param channels of a picture
/// @param height in pixels, if that is fixed
/// @param width in pixels, if that is fixed
record ImageInput(String name, int type, OptionalInt images, int channels, OptionalInt height, OptionalInt width) {
    private static final int DIMENSIONS = 4;
    private static final int LARGEST_SIDE = 65_536;

    /// @throws Unusable if there is no such input
    static ImageInput find(GraphProto graph) {
        Set<String> stored = graph.getInitializerList().stream()
                .map(TensorProto::getName)
                .collect(Collectors.toCollection(HashSet::new));
        List<String> others = new ArrayList<>();
        for (ValueInfoProto input : graph.getInputList()) {
            if (stored.contains(input.getName())) {
                continue;
            }
            TypeProto.Tensor tensor = input.getType().getTensorType();
            if (isFloat(tensor) && tensor.getShape().getDimCount() == DIMENSIONS) {
                return of(input.getName(), tensor);
            }
            others.add(Words.shown(input.getName()));
        }
        throw new Unusable(
                "the graph has no input of pictures, floats of batch x channels x height x width; its inputs are "
                        + others.stream().limit(5).toList());
    }

    private static boolean isFloat(TypeProto.Tensor tensor) {
        return tensor.getElemType() == TensorProto.DataType.FLOAT_VALUE
                || tensor.getElemType() == TensorProto.DataType.FLOAT16_VALUE;
    }

    private static ImageInput of(String name, TypeProto.Tensor tensor) {
        OptionalInt channels = side(tensor.getShape(), 1);
        if (channels.orElse(3) != 3) {
            throw new Unusable("the input " + Words.shown(name) + " has " + channels.getAsInt()
                    + " channels, and pictures have 3, before height and width");
        }
        return new ImageInput(
                name,
                tensor.getElemType(),
                side(tensor.getShape(), 0),
                3,
                side(tensor.getShape(), 2),
                side(tensor.getShape(), 3));
    }

    private static OptionalInt side(TensorShapeProto shape, int dimension) {
        TensorShapeProto.Dimension side = shape.getDim(dimension);
        if (!side.hasDimValue()) {
            return OptionalInt.empty();
        }
        if (side.getDimValue() < 1 || side.getDimValue() > LARGEST_SIDE) {
            throw new Unusable("the input says that it has " + side.getDimValue() + " rows in dimension " + dimension);
        }
        return OptionalInt.of((int) side.getDimValue());
    }
}
