package org.patchlens.image.nifti;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes NIfTI files for tests, field by field, so that any field can be wrong. A new one describes 3 x 2 x 2
/// voxels of type uint8 with the values 0, 1, 2, ... and no scaling.
public final class NiftiFile {
    private final int version;
    private final ByteOrder order;
    private final ByteBuffer header;
    private byte[] voxels = count(12);

    private NiftiFile(int version, ByteOrder order) {
        this.version = version;
        this.order = order;
        header = ByteBuffer.allocate(version == 1 ? 352 : 544).order(order);
        header.putInt(0, version == 1 ? 348 : 540);
        magic(version == 1 ? "n+1\0" : "n+2\0\r\n\032\n");
        dim(3, 3, 2, 2);
        datatype(2, 8);
        for (int i = 0; i < 8; i++) {
            pixdim(i, 1);
        }
        voxelOffset(version == 1 ? 352 : 544);
        sform(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    }

    public static NiftiFile version1() {
        return new NiftiFile(1, ByteOrder.LITTLE_ENDIAN);
    }

    public static NiftiFile version2() {
        return new NiftiFile(2, ByteOrder.LITTLE_ENDIAN);
    }

    public static NiftiFile bigEndian(int version) {
        return new NiftiFile(version, ByteOrder.BIG_ENDIAN);
    }

    public static byte[] count(int bytes) {
        byte[] count = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            count[i] = (byte) i;
        }
        return count;
    }

    public NiftiFile magic(String magic) {
        header.put(version == 1 ? 344 : 4, magic.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /// Sets the sizes.
    ///
    /// @param dim the number of dimensions, then their sizes
    public NiftiFile dim(long... dim) {
        for (int i = 0; i < dim.length; i++) {
            if (version == 1) {
                header.putShort(40 + 2 * i, (short) dim[i]);
            } else {
                header.putLong(16 + 8 * i, dim[i]);
            }
        }
        return this;
    }

    public NiftiFile datatype(int code, int bits) {
        header.putShort(version == 1 ? 70 : 12, (short) code);
        header.putShort(version == 1 ? 72 : 14, (short) bits);
        return this;
    }

    public NiftiFile pixdim(int index, double value) {
        return number(version == 1 ? 76 + 4 * index : 104 + 8 * index, value);
    }

    public NiftiFile voxelOffset(double offset) {
        if (version == 1) {
            header.putFloat(108, (float) offset);
        } else {
            header.putLong(168, (long) offset);
        }
        return this;
    }

    public NiftiFile scaling(double slope, double intercept) {
        number(version == 1 ? 112 : 176, slope);
        return number(version == 1 ? 116 : 184, intercept);
    }

    public NiftiFile display(double calMin, double calMax) {
        number(version == 1 ? 128 : 200, calMin);
        return number(version == 1 ? 124 : 192, calMax);
    }

    public NiftiFile intent(int code) {
        if (version == 1) {
            header.putShort(68, (short) code);
        } else {
            header.putInt(504, code);
        }
        return this;
    }

    public NiftiFile units(int code) {
        if (version == 1) {
            header.put(123, (byte) code);
        } else {
            header.putInt(500, code);
        }
        return this;
    }

    public NiftiFile codes(int qform, int sform) {
        if (version == 1) {
            header.putShort(252, (short) qform).putShort(254, (short) sform);
        } else {
            header.putInt(344, qform).putInt(348, sform);
        }
        return this;
    }

    /// Sets the orientation by a quaternion.
    ///
    /// @param numbers b, c, d, then the offsets x, y, z; the sform is switched off
    public NiftiFile qform(double... numbers) {
        for (int i = 0; i < numbers.length; i++) {
            number(version == 1 ? 256 + 4 * i : 352 + 8 * i, numbers[i]);
        }
        return codes(1, 0);
    }

    /// Sets the orientation by a matrix.
    ///
    /// @param rows 3 of 4 numbers
    public NiftiFile sform(double... rows) {
        for (int i = 0; i < rows.length; i++) {
            number(version == 1 ? 280 + 4 * i : 400 + 8 * i, rows[i]);
        }
        return codes(0, 1);
    }

    public NiftiFile voxels(byte[] bytes) {
        voxels = bytes.clone();
        return this;
    }

    public NiftiFile floats(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(order);
        buffer.asFloatBuffer().put(values);
        return datatype(16, 32).voxels(buffer.array());
    }

    public NiftiFile shorts(int code, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return datatype(code, 16).voxels(buffer.array());
    }

    private NiftiFile number(int at, double value) {
        if (version == 1) {
            header.putFloat(at, (float) value);
        } else {
            header.putDouble(at, value);
        }
        return this;
    }

    public byte[] headerBytes() {
        return header.array().clone();
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(header.capacity() + voxels.length)
                .put(header.array())
                .put(voxels)
                .array();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    public Path write(Path folder) {
        return write(folder.resolve("image.nii"), bytes());
    }

    public Path writeCompressed(Path folder) {
        return write(folder.resolve("image.nii.gz"), gzip(bytes()));
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
