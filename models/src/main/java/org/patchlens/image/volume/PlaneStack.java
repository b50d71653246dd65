package org.patchlens.image.volume;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.image.PixelImage;

/// Voxels that come as a stack of pictures of one size, such as the files of a DICOM series.
///
/// A plane of the stack is the picture itself, with its own display function. The first plane across the stack
/// decodes all pictures once, as floats into a [Spool]; from then on any plane can be read at any time, and the
/// heap holds one.
public final class PlaneStack implements StoredVoxels {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String id;
    private final Extent extent;
    private final IntFunction<PixelImage> pictures;
    private final SharedSpools spools;
    private SharedSpools.@Nullable Share share;
    private @Nullable PixelImage first;

    /// @param id names the stack in errors
    /// @param extent width and height of the pictures, and how many there are
    /// @param pictures by their number; each of the width and height of `extent` and of one channel
    public PlaneStack(String id, Extent extent, IntFunction<PixelImage> pictures) {
        this(id, extent, pictures, new SharedSpools());
    }

    /// @param id also tells the stack from others in `spools`
    /// @param spools where the voxels of stacks with the same id are shared
    public PlaneStack(String id, Extent extent, IntFunction<PixelImage> pictures, SharedSpools spools) {
        this.spools = spools;
        this.id = id;
        this.extent = extent;
        this.pictures = pictures;
    }

    @Override
    public Extent extent() {
        return extent;
    }

    @Override
    public PixelImage plane(int axis, int index) {
        return axis == 2 ? picture(index) : across(axis, index);
    }

    private PixelImage picture(int index) {
        PixelImage picture = pictures.apply(index);
        if (picture.width() != extent.first() || picture.height() != extent.second() || picture.channels() != 1) {
            throw PatchlensException.badData(
                    id,
                    "picture " + index + " of the stack has " + picture.width() + " x " + picture.height()
                            + " pixels with "
                            + picture.channels() + " channels; the first one has " + extent.first() + " x "
                            + extent.second() + " with 1",
                    "Leave out what does not belong to the series");
        }
        return picture;
    }

    private PixelImage across(int axis, int index) {
        MemorySegment voxels = voxels();
        int columnAxis = axis == 0 ? 1 : 0;
        long columnStride = axis == 0 ? extent.first() : 1;
        long rowStride = (long) extent.first() * extent.second();
        long begin = axis == 0 ? index : (long) index * extent.first();
        int columns = extent.along(columnAxis);
        float[] samples = new float[Math.multiplyExact(columns, extent.third())];
        for (int to = 0; to < samples.length; to++) {
            long voxel = begin + to / columns * rowStride + to % columns * columnStride;
            samples[to] = voxels.get(FLOAT, voxel * Float.BYTES);
        }
        PixelImage like = like();
        return PixelImage.ofFloats(columns, extent.third(), 1, samples, 0, 1)
                .shownBy(like.display())
                .withUnit(like.unit());
    }

    /// The picture whose display function and unit stand for the whole stack.
    private PixelImage like() {
        PixelImage known = first;
        if (known == null) {
            known = picture(extent.third() / 2);
            first = known;
        }
        return known;
    }

    private MemorySegment voxels() {
        SharedSpools.Share known = share;
        if (known == null) {
            try {
                known = spools.share(id, () -> Spool.of(new Floats(), extent.voxels() * Float.BYTES));
            } catch (IOException e) {
                throw PatchlensException.badData(
                                id,
                                "the volume cannot be kept in the folder for temporary files: " + e,
                                "Free some space")
                        .causedBy(e);
            }
            share = known;
        }
        return known.bytes();
    }

    @Override
    public void close() {
        if (share != null) {
            share.close();
            share = null;
        }
    }

    /// All pictures one after the other as little-endian floats.
    private final class Floats extends InputStream {
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private int next;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!rest.hasRemaining()) {
                if (next == extent.third()) {
                    return -1;
                }
                rest = floats(picture(next++));
            }
            int count = Math.min(length, rest.remaining());
            rest.get(target, offset, count);
            return count;
        }

        private static ByteBuffer floats(PixelImage picture) {
            int pixels = picture.width() * picture.height();
            ByteBuffer bytes =
                    ByteBuffer.allocate(Math.multiplyExact(pixels, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            for (int pixel = 0; pixel < pixels; pixel++) {
                bytes.putFloat(picture.sample(pixel % picture.width(), pixel / picture.width(), 0));
            }
            return bytes.flip();
        }
    }
}
