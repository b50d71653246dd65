package org.patchlens.image.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The fields of a header as they stand there, unchecked; both versions in the wider types of version 2.
///
/// @param version 1 or 2
/// @param order of the bytes of numbers in header and voxels
/// @param singleFile whether the voxels follow in the same file
/// @param dim the number of dimensions and their sizes, 8 numbers
/// @param datatype the code of the voxel's type
/// @param pixdim the handedness of the qform, then the spacing per dimension, 8 numbers
/// @param voxelOffset where the voxels begin, in bytes
/// @param slope the factor from stored to true values
/// @param intercept what is added then
/// @param calMin the true value to be shown as black
/// @param calMax the true value to be shown as white
/// @param units of space (bits 0-2) and time (bits 3-5)
/// @param intent what the values mean
/// @param qformCode above 0 if the quaternion holds
/// @param sformCode above 0 if the rows of `srow` hold
/// @param quaternion b, c, d, then the offsets x, y, z
/// @param srow 3 rows of 4 numbers
record RawHeader(
        int version,
        ByteOrder order,
        boolean singleFile,
        LongFields dim,
        int datatype,
        DoubleFields pixdim,
        double voxelOffset,
        double slope,
        double intercept,
        double calMin,
        double calMax,
        int units,
        int intent,
        int qformCode,
        int sformCode,
        DoubleFields quaternion,
        DoubleFields srow) {

    /// The number of bytes that a header of either version needs at most.
    static final int BYTES = 540;

    private static final int BYTES_1 = 348;

    /// Several integers of a header.
    @FunctionalInterface
    interface LongFields {
        /// The number at an index.
        long get(int index);
    }

    /// Several numbers of a header.
    @FunctionalInterface
    interface DoubleFields {
        /// The number at an index.
        double get(int index);
    }

    /// The size that the first four bytes state if they are those of Analyze 7.5, NIfTI-1 or NIfTI-2; else 0.
    static int statedSize(byte[] head) {
        if (head.length < 4) {
            return 0;
        }
        int size = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        int swapped = Integer.reverseBytes(size);
        return isHeaderSize(size) ? size : isHeaderSize(swapped) ? swapped : 0;
    }

    private static boolean isHeaderSize(int size) {
        return size == BYTES_1 || size == BYTES;
    }

    /// The size of the header with these first bytes, for messages.
    int bytes() {
        return version == 1 ? BYTES_1 : BYTES;
    }

    /// Whether the bytes begin like a NIfTI file, by stated size and signature.
    ///
    /// @param head the first bytes of the file, 348 are enough
    static boolean isSigned(byte[] head) {
        return signature(head).isPresent();
    }

    /// Reads a header, if it is whole and signed.
    ///
    /// @param head the first [#BYTES] bytes of the file, or as many as there are
    static Optional<RawHeader> find(byte[] head) {
        int size = statedSize(head);
        if (head.length < size) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(head.clone()).order(ByteOrder.LITTLE_ENDIAN);
        return signature(head).map(letter -> {
            bytes.order(bytes.getInt(0) == size ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            return size == BYTES_1 ? version1(bytes, letter) : version2(bytes, letter);
        });
    }

    /// The second letter of the signature: `+` for a single file, `i` for a pair.
    private static Optional<Character> signature(byte[] head) {
        return switch (statedSize(head)) {
            case BYTES_1 -> magic(head, 344, "n+1\0").or(() -> magic(head, 344, "ni1\0"));
            case BYTES -> magic(head, 4, "n+2\0\r\n\032\n").or(() -> magic(head, 4, "ni2\0\r\n\032\n"));
            default -> Optional.empty();
        };
    }

    private static Optional<Character> magic(byte[] head, int at, String magic) {
        if (head.length < at + magic.length()) {
            return Optional.empty();
        }
        String found = new String(head, at, magic.length(), StandardCharsets.ISO_8859_1);
        return found.equals(magic) ? Optional.of(magic.charAt(1)) : Optional.empty();
    }

    private static RawHeader version1(ByteBuffer bytes, char letter) {
        return new RawHeader(
                1,
                bytes.order(),
                letter == '+',
                index -> bytes.getShort(40 + 2 * index),
                bytes.getShort(70),
                index -> bytes.getFloat(76 + 4 * index),
                bytes.getFloat(108),
                bytes.getFloat(112),
                bytes.getFloat(116),
                bytes.getFloat(128),
                bytes.getFloat(124),
                bytes.get(123),
                bytes.getShort(68),
                bytes.getShort(252),
                bytes.getShort(254),
                index -> bytes.getFloat(256 + 4 * index),
                index -> bytes.getFloat(280 + 4 * index));
    }

    private static RawHeader version2(ByteBuffer bytes, char letter) {
        return new RawHeader(
                2,
                bytes.order(),
                letter == '+',
                index -> bytes.getLong(16 + 8 * index),
                bytes.getShort(12),
                index -> bytes.getDouble(104 + 8 * index),
                bytes.getLong(168),
                bytes.getDouble(176),
                bytes.getDouble(184),
                bytes.getDouble(200),
                bytes.getDouble(192),
                bytes.getInt(500),
                bytes.getInt(504),
                bytes.getInt(344),
                bytes.getInt(348),
                index -> bytes.getDouble(352 + 8 * index),
                index -> bytes.getDouble(400 + 8 * index));
    }
}
