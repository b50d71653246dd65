package org.patchlens.study.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The header of an npy file, version 1.0 as NumPy's documentation of `numpy.lib.format` specifies it, in C order.
///
/// It is always padded to 128 bytes, so that the first dimension may be filled in when the data are written, and
/// the data start at a cache line.
///
/// @param descriptor the element type, such as `<f2`
/// @param shape of the array, the first dimension outermost
public record NpyHeader(String descriptor, List<Integer> shape) {
    /// The length of every header that is written here.
    public static final int BYTES = 128;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREFIX = MAGIC.length + Short.BYTES;

    public NpyHeader {
        shape = List.copyOf(shape);
    }

    /// The header as it stands in the file.
    public byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(buffer.array(), (byte) ' ');
        buffer.put(MAGIC).putShort((short) (BYTES - PREFIX));
        buffer.put(dictionary().getBytes(StandardCharsets.US_ASCII));
        buffer.put(BYTES - 1, (byte) '\n');
        return buffer.array();
    }

    /// The header's Python dictionary, as NumPy prints it.
    public String dictionary() {
        String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String tuple = shape.size() == 1 ? dimensions + "," : dimensions;
        return "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
    }

    /// What a file's first bytes say, for a message about them.
    static String describe(byte[] head) {
        if (head.length < PREFIX || Arrays.mismatch(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length) >= 0) {
            return "no npy header of version 1.0";
        }
        String text = new String(head, PREFIX, head.length - PREFIX, StandardCharsets.US_ASCII);
        return text.replaceAll("[^\\x20-\\x7e]", " ").strip();
    }

    /// The length of the whole file.
    ///
    /// @param elementBytes of one number
    public long fileBytes(int elementBytes) {
        long bytes = elementBytes;
        for (int dimension : shape) {
            bytes = Math.multiplyExact(bytes, (long) dimension);
        }
        return Math.addExact(bytes, BYTES);
    }
}
