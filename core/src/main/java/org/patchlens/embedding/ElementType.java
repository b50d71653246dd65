package org.patchlens.embedding;

/// How numbers are kept on disk.
public enum ElementType {
    /// IEEE 754 half precision, 2 bytes; 11 significant bits, up to 65,504.
    F16(2, "<f2"),
    /// IEEE 754 single precision, 4 bytes.
    F32(4, "<f4");

    private final int bytes;
    private final String npyDescriptor;

    ElementType(int bytes, String npyDescriptor) {
        this.bytes = bytes;
        this.npyDescriptor = npyDescriptor;
    }

    /// The size of one number in bytes.
    public int bytes() {
        return bytes;
    }

    /// The `descr` of an npy file, little-endian.
    public String npyDescriptor() {
        return npyDescriptor;
    }
}
