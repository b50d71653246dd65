package org.patchlens.model.onnx.surgery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.model.onnx.schema.StringStringEntryProto;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.safetensors.FiniteWeights;
import org.patchlens.model.safetensors.StoredTensor;
import org.patchlens.model.safetensors.TensorType;

/// The numbers that tokens of the last layer are computed with.
///
/// @param file that holds the graph
/// @param tensors of floats, or of the bytes that floats were quantised to
record ForeignWeights(OnnxFile file, List<TensorProto> tensors) {
    ForeignWeights {
        tensors = List.copyOf(tensors);
    }

    /// The weights among the initializers of a graph that computes tokens alone.
    static ForeignWeights of(OnnxFile file, List<TensorProto> initializers) {
        return new ForeignWeights(
                file,
                initializers.stream().filter(tensor -> isWeight(type(tensor))).toList());
    }

    private static boolean isWeight(TensorType type) {
        return type.isComputable() || type == TensorType.I8 || type == TensorType.U8;
    }

    private static TensorType type(TensorProto tensor) {
        return NumberTypes.find(tensor.getDataType()).orElse(TensorType.BOOL);
    }

    /// How many numbers there are.
    long count() {
        return tensors.stream().mapToLong(ForeignWeights::elements).sum();
    }

    /// The type that most of them have, such as `F32`.
    String type() {
        return tensors.stream()
                .collect(Collectors.groupingBy(ForeignWeights::type, Collectors.summingLong(ForeignWeights::elements)))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey().name())
                .orElse("F32");
    }

    /// Reads all of them once. A single number may be infinite: exporters hide scores by it.
    ///
    /// @throws PatchlensException if one is NaN or infinite; names the tensor
    void requireFinite() {
        for (TensorProto tensor : tensors) {
            if (!type(tensor).isComputable() || elements(tensor) < 2) {
                continue;
            }
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                FiniteWeights.require(stored(tensor));
            } else if (!FiniteWeights.isFinite(type(tensor), inside(tensor))) {
                throw FiniteWeights.refused(file.path(), Words.shown(tensor.getName()));
            }
        }
    }

    private StoredTensor stored(TensorProto tensor) {
        Map<String, String> place = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            place.put(entry.getKey(), entry.getValue());
        }
        return new StoredTensor(
                Words.shown(tensor.getName()),
                type(tensor),
                tensor.getDimsList(),
                file.folder().resolve(place.getOrDefault("location", "")),
                Long.parseLong(place.getOrDefault("offset", "0")),
                Long.parseLong(place.getOrDefault("length", "0")));
    }

    /// The bytes of a tensor in the graph: as bytes, as floats, or as the bits of 16-bit floats in whole numbers.
    private static ByteBuffer inside(TensorProto tensor) {
        if (tensor.hasRawData()) {
            return ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer bytes = ByteBuffer.allocate(
                        tensor.getFloatDataCount() * Float.BYTES + tensor.getInt32DataCount() * Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        tensor.getFloatDataList().forEach(bytes::putFloat);
        tensor.getInt32DataList().forEach(bits -> bytes.putShort(bits.shortValue()));
        return bytes.flip();
    }

    private static long elements(TensorProto tensor) {
        return tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    }
}
