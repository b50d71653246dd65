package org.patchlens.image.nifti;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchlens.PatchlensException;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.Percentiles;
import org.patchlens.image.PixelImage;
import org.patchlens.image.volume.Extent;
import org.patchlens.image.volume.SharedSpools;
import org.patchlens.image.volume.Spool;
import org.patchlens.image.volume.StoredVoxels;

/// The voxels of one volume of a file: mapped where the file is not compressed, else decompressed once, at the
/// first look, into a [Spool]. Either way any plane can be read at any time and the heap holds one plane.
final class NiftiVoxels implements StoredVoxels {
    /// Percentiles are those of at most this many voxels, evenly spread over the volume.
    private static final long SAMPLES = 1 << 20;

    /// How much may follow the voxels in a compressed file; more is not a picture any more.
    private static final int MOST_TRAILING_BYTES = 1 << 20;

    private final NiftiHeader header;
    private final NiftiBytes file;
    private final long offset;
    private final SharedSpools spools;
    private @Nullable Storage storage;
    private @Nullable DisplayRange range;

    /// The bytes of the volume and what must be closed after them.
    private record Storage(MemorySegment bytes, Runnable closing) {}

    /// What tells one volume from another.
    private record Content(Path file, long offset) {}

    /// @param offset of the volume in the (decompressed) file, in bytes
    /// @param spools where decompressed voxels are shared
    NiftiVoxels(NiftiHeader header, NiftiBytes file, long offset, SharedSpools spools) {
        this.spools = spools;
        this.header = header;
        this.file = file;
        this.offset = offset;
    }

    @Override
    public Extent extent() {
        return header.extent();
    }

    @Override
    public PixelImage plane(int axis, int index) {
        int columnAxis = axis == 0 ? 1 : 0;
        int rowAxis = axis == 2 ? 1 : 2;
        long begin = Math.multiplyExact(stride(axis), (long) index);
        Grid grid = new Grid(
                begin, extent().along(columnAxis), stride(columnAxis), extent().along(rowAxis), stride(rowAxis));
        MemorySegment bytes = storage().bytes;
        PixelImage image = switch (header.type()) {
            case RGB24, RGBA32 -> PixelImage.ofBytes(grid.columns, grid.rows, 3, grid.bytes(bytes, 3));
            case UINT8 ->
                isScaled() ? floats(grid, bytes) : PixelImage.ofBytes(grid.columns, grid.rows, 1, grid.bytes(bytes, 1));
            case UINT16 -> isScaled() ? floats(grid, bytes) : shorts(grid, bytes);
            case INT8, INT16, INT32, UINT32, INT64, UINT64, FLOAT32, FLOAT64, COMPLEX64, COMPLEX128 ->
                floats(grid, bytes);
        };
        return image.shownBy(range());
    }

    private boolean isScaled() {
        return !header.scaling().equals(NiftiHeader.Scaling.NONE);
    }

    private PixelImage floats(Grid grid, MemorySegment bytes) {
        float[] samples = new float[Math.multiplyExact(grid.columns, grid.rows)];
        int to = 0;
        for (int row = 0; row < grid.rows; row++) {
            for (int column = 0; column < grid.columns; column++) {
                samples[to++] = value(bytes, grid.at(row, column));
            }
        }
        return PixelImage.ofFloats(grid.columns, grid.rows, 1, samples, 0, 1);
    }

    private PixelImage shorts(Grid grid, MemorySegment bytes) {
        short[] samples = new short[Math.multiplyExact(grid.columns, grid.rows)];
        int to = 0;
        for (int row = 0; row < grid.rows; row++) {
            for (int column = 0; column < grid.columns; column++) {
                samples[to++] = NiftiType.int16(bytes, grid.at(row, column), header.bigEndian());
            }
        }
        return PixelImage.ofShorts(grid.columns, grid.rows, 1, samples);
    }

    /// A voxel as it is shown, of a complex one the magnitude of what the scaling makes of it.
    private float value(MemorySegment bytes, long at) {
        NiftiType type = header.type();
        double value = header.scaling().apply(type.value(bytes, at, header.bigEndian()));
        if (!type.isComplex()) {
            return (float) value;
        }
        double imaginary = type.value(bytes, at + type.bytes() / 2, header.bigEndian());
        return (float) Math.hypot(value, header.scaling().slope() * imaginary);
    }

    private long stride(int axis) {
        long stride = header.type().bytes();
        for (int lower = 0; lower < axis; lower++) {
            stride *= extent().along(lower);
        }
        return stride;
    }

    private DisplayRange range() {
        DisplayRange known = range;
        if (known == null) {
            known = header.display().orElseGet(this::percentiles);
            range = known;
        }
        return known;
    }

    private DisplayRange percentiles() {
        if (header.type().isColour()) {
            return new DisplayRange(0, 255);
        }
        MemorySegment bytes = storage().bytes;
        long voxels = extent().voxels();
        long step = evenStep(voxels);
        float[] samples = new float[(int) ((voxels - 1) / step + 1)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = value(bytes, i * step * header.type().bytes());
        }
        return DisplayRange.between(Percentiles.of(samples), DisplayRange.LOW_PERCENT, DisplayRange.HIGH_PERCENT);
    }

    /// A step that shares no factor with the size of a plane, so that the samples do not fall into one column.
    private long evenStep(long voxels) {
        long plane = (long) extent().first() * extent().second();
        long step = (voxels - 1) / SAMPLES + 1;
        while (step > 1 && greatestCommonDivisor(step, plane) > 1) {
            step++;
        }
        return step;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private Storage storage() {
        Storage known = storage;
        if (known == null) {
            try {
                known = file.gzip() ? decompressed() : mapped();
            } catch (IOException e) {
                throw NiftiBytes.unreadable(file.path(), e);
            }
            storage = known;
        }
        return known;
    }

    // The arena lives as long as the mapping; closing the storage closes it.
    @SuppressWarnings("MustBeClosedChecker")
    private Storage mapped() throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            return new Storage(channel.map(MapMode.READ_ONLY, offset, header.volumeBytes(), arena), arena::close);
        } catch (IOException e) {
            arena.close();
            throw e;
        }
    }

    /// Readers of one file share its voxels. It is read to the end even if the volume is not the last one: the
    /// checksum stands at the end.
    private Storage decompressed() throws IOException {
        SharedSpools.Share share = spools.share(new Content(file.path(), offset), this::spool);
        return new Storage(share.bytes(), share::close);
    }

    private Spool spool() throws IOException {
        try (InputStream stream = file.open()) {
            stream.skipNBytes(offset);
            Spool spool = Spool.of(stream, header.volumeBytes());
            boolean whole = false;
            try {
                readToTheEnd(stream);
                whole = true;
                return spool;
            } finally {
                if (!whole) {
                    spool.close();
                }
            }
        }
    }

    private void readToTheEnd(InputStream stream) throws IOException {
        long allowed = header.voxelOffset() + header.allBytes() - offset - header.volumeBytes() + MOST_TRAILING_BYTES;
        byte[] ignored = new byte[1 << 16];
        for (int read = 0; read >= 0; read = stream.read(ignored)) {
            allowed -= read;
            if (allowed < 0) {
                throw PatchlensException.badData(
                        file.path().toString(),
                        "more than " + MOST_TRAILING_BYTES
                                + " bytes follow the voxels; the header does not fit the data",
                        "");
            }
        }
    }

    @Override
    public void close() {
        Optional.ofNullable(storage).map(Storage::closing).ifPresent(Runnable::run);
        storage = null;
    }

    /// Where the samples of a plane lie in the volume, in bytes.
    private record Grid(long begin, int columns, long columnStride, int rows, long rowStride) {
        long at(int row, int column) {
            return begin + row * rowStride + column * columnStride;
        }

        /// The first bytes of each sample.
        byte[] bytes(MemorySegment volume, int perSample) {
            byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(columns, rows), perSample)];
            int to = 0;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    for (int i = 0; i < perSample; i++) {
                        samples[to++] = volume.get(ValueLayout.JAVA_BYTE, at(row, column) + i);
                    }
                }
            }
            return samples;
        }
    }
}
