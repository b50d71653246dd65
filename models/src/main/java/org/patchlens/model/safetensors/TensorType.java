package org.patchlens.model.safetensors;

import java.util.Optional;

/// The types of numbers that a safetensors file can hold, as its specification names them.
public enum TensorType {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    TensorType(int bits) {
        this.bits = bits;
    }

    /// The size of one number.
    public int bits() {
        return bits;
    }

    /// Whether weights of this type can be computed with: F32, F16 and BF16.
    public boolean isComputable() {
        return this == F32 || this == F16 || this == BF16;
    }

    /// The type with this name.
    public static Optional<TensorType> find(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
