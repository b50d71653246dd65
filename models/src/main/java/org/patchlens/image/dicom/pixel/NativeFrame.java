package org.patchlens.image.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/// Uncompressed samples (PS3.5 8.1): cells of whole bytes or single bits, interleaved or in planes.
final class NativeFrame {
    private NativeFrame() {}

    /// Unpacks a frame of whole bytes; `bytes` holds exactly one.
    static StoredPixels unpack(byte[] bytes, PixelLayout layout, boolean bigEndian) {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        return switch (layout.kind()) {
            case INTEGER -> integers(buffer, layout);
            case FLOAT -> {
                double[] values = new double[bytes.length / 4];
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.getFloat(4 * i);
                }
                yield new StoredPixels.Reals(values);
            }
            case DOUBLE -> {
                double[] values = new double[bytes.length / 8];
                buffer.asDoubleBuffer().get(values);
                yield new StoredPixels.Reals(values);
            }
        };
    }

    /// Unpacks a frame of single bits, lowest bit first.
    ///
    /// @param firstBit where the frame starts within the first byte
    static StoredPixels unpackBits(byte[] bytes, PixelLayout layout, int firstBit) {
        int[] values = new int[layout.shape().columns() * layout.shape().rows()];
        for (int i = 0; i < values.length; i++) {
            int bit = firstBit + i;
            values[i] = bytes[bit >>> 3] >> (bit & 7) & 1;
        }
        return new StoredPixels.Integers(values, false);
    }

    private static StoredPixels integers(ByteBuffer buffer, PixelLayout layout) {
        int[] cells = switch (layout.bitsAllocated()) {
            case 8 -> bytes(buffer);
            case 16 -> shorts(buffer.asShortBuffer());
            default -> wide(buffer, layout.bitsAllocated() / 8);
        };
        if (!layout.wholeCells()) {
            for (int i = 0; i < cells.length; i++) {
                cells[i] = layout.sample(cells[i]);
            }
        }
        int[] values = cells;
        if (layout.photometric().halved()) {
            values = expand(cells);
        } else if (layout.planar()) {
            values = interleave(cells);
        }
        return new StoredPixels.Integers(values, !layout.signed() && layout.bitsStored() == 32);
    }

    private static int[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        int[] cells = new int[bytes.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = bytes[i] & 0xFF;
        }
        return cells;
    }

    private static int[] shorts(ShortBuffer buffer) {
        short[] shorts = new short[buffer.remaining()];
        buffer.get(shorts);
        int[] cells = new int[shorts.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = shorts[i] & 0xFFFF;
        }
        return cells;
    }

    private static int[] wide(ByteBuffer buffer, int bytesPerCell) {
        int[] cells = new int[buffer.remaining() / bytesPerCell];
        boolean big = buffer.order() == ByteOrder.BIG_ENDIAN;
        for (int i = 0; i < cells.length; i++) {
            int cell = 0;
            for (int b = 0; b < bytesPerCell; b++) {
                int significance = big ? bytesPerCell - 1 - b : b;
                cell |= (buffer.get(i * bytesPerCell + b) & 0xFF) << (8 * significance);
            }
            cells[i] = cell;
        }
        return cells;
    }

    /// Y Y Cb Cr for two pixels becomes Y Cb Cr for each.
    private static int[] expand(int[] cells) {
        int[] values = new int[cells.length / 4 * 6];
        for (int from = 0, to = 0; to < values.length; from += 4, to += 6) {
            values[to] = cells[from];
            values[to + 3] = cells[from + 1];
            values[to + 1] = cells[from + 2];
            values[to + 4] = cells[from + 2];
            values[to + 2] = cells[from + 3];
            values[to + 5] = cells[from + 3];
        }
        return values;
    }

    private static int[] interleave(int[] planes) {
        int pixels = planes.length / 3;
        int[] values = new int[planes.length];
        for (int i = 0, to = 0; i < pixels; i++, to += 3) {
            values[to] = planes[i];
            values[to + 1] = planes[pixels + i];
            values[to + 2] = planes[2 * pixels + i];
        }
        return values;
    }
}
