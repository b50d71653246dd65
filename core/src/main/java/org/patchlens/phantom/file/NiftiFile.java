package org.patchlens.phantom.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes a volume of axial slices as `.nii.gz` (NIfTI-1), slice by slice from the feet up.
///
/// Columns run to the patient's left and rows to the back, as in the pictures; the affine matrix says so.
public final class NiftiFile implements AutoCloseable {
    private static final int HEADER = 348;
    private static final int START = 352;
    private static final short SIGNED_16 = 4;
    private static final short UNSIGNED_8 = 2;
    private static final byte MILLIMETRES = 2;
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;

    /// The size of a volume.
    ///
    /// @param size pixels of a slice's side
    /// @param slices how many
    /// @param pixel side of a pixel in millimetres
    /// @param spacing from slice to slice in millimetres
    /// @param lowest height of the first slice in millimetres
    public record Extent(int size, int slices, double pixel, double spacing, double lowest) {}

    private NiftiFile(Path file, Extent extent, short type) throws IOException {
        out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), BUFFER), BUFFER);
        out.write(header(extent, type));
    }

    /// Begins a volume of signed numbers of 16 bits.
    public static NiftiFile of16Bits(Path file, Extent extent) throws IOException {
        return new NiftiFile(file, extent, SIGNED_16);
    }

    /// Begins a volume of labels.
    public static NiftiFile of8Bits(Path file, Extent extent) throws IOException {
        return new NiftiFile(file, extent, UNSIGNED_8);
    }

    /// Adds the next slice.
    public void add(short[] values) throws IOException {
        byte[] bytes = new byte[2 * values.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(values);
        out.write(bytes);
    }

    /// Adds the next slice.
    public void add(byte[] labels) throws IOException {
        out.write(labels);
    }

    private static byte[] header(Extent extent, short type) {
        ByteBuffer header = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, HEADER);
        short[] dimensions = {3, (short) extent.size(), (short) extent.size(), (short) extent.slices(), 1, 1, 1, 1};
        float[] spacings = {1, (float) extent.pixel(), (float) extent.pixel(), (float) extent.spacing(), 0, 0, 0, 0};
        for (int i = 0; i < dimensions.length; i++) {
            header.putShort(40 + 2 * i, dimensions[i]);
            header.putFloat(76 + 4 * i, spacings[i]);
        }
        header.putShort(70, type);
        header.putShort(72, (short) (type == SIGNED_16 ? 16 : 8));
        header.putFloat(108, START);
        header.putFloat(112, 1);
        header.put(123, MILLIMETRES);
        header.putShort(254, (short) 1); // sform_code: the affine below is in scanner coordinates
        float corner = (float) ((extent.size() - 1) / 2.0 * extent.pixel());
        row(header, 280, new float[] {(float) -extent.pixel(), 0, 0, corner});
        row(header, 296, new float[] {0, (float) -extent.pixel(), 0, corner});
        row(header, 312, new float[] {0, 0, (float) extent.spacing(), (float) extent.lowest()});
        header.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }

    private static void row(ByteBuffer header, int at, float[] values) {
        for (int i = 0; i < values.length; i++) {
            header.putFloat(at + 4 * i, values[i]);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
