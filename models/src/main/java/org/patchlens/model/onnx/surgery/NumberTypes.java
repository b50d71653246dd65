package org.patchlens.model.onnx.surgery;

import java.util.Optional;
import org.patchlens.model.onnx.schema.TensorProto;
import org.patchlens.model.safetensors.TensorType;

/// The types of numbers that tensors of a graph may have.
final class NumberTypes {
    private NumberTypes() {}

    /// The type that ONNX has this number for.
    ///
    /// @return empty if there is no such type, or none that a Vision Transformer needs
    static Optional<TensorType> find(int onnxType) {
        return switch (TensorProto.DataType.forNumber(onnxType)) {
            case FLOAT -> Optional.of(TensorType.F32);
            case DOUBLE -> Optional.of(TensorType.F64);
            case FLOAT16 -> Optional.of(TensorType.F16);
            case BFLOAT16 -> Optional.of(TensorType.BF16);
            case INT8 -> Optional.of(TensorType.I8);
            case INT16 -> Optional.of(TensorType.I16);
            case INT32 -> Optional.of(TensorType.I32);
            case INT64 -> Optional.of(TensorType.I64);
            case UINT8 -> Optional.of(TensorType.U8);
            case UINT16 -> Optional.of(TensorType.U16);
            case UINT32 -> Optional.of(TensorType.U32);
            case UINT64 -> Optional.of(TensorType.U64);
            case BOOL -> Optional.of(TensorType.BOOL);
            case null, default -> Optional.empty();
        };
    }
}
