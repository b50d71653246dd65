package org.patchlens.image.nifti;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.volume.Affine;
import org.patchlens.image.volume.Extent;

/// A header that was checked: every size is possible, the type of the voxels is one that is read.
///
/// @param version 1 or 2
/// @param singleFile whether the voxels follow in the same file
/// @param bigEndian the order of the bytes of one number
/// @param extent of one volume
/// @param volumes along the fourth dimension (time), at least 1
/// @param channels along the fifth dimension, at least 1
/// @param type of a voxel
/// @param voxelOffset where the voxels begin, in bytes
/// @param scaling from stored to true values
/// @param display the range that the header asks for
/// @param affine from stored indices to mm
/// @param volumeStep seconds between volumes, if the header tells
/// @param intent the code of what the values mean, 0 for nothing in particular
record NiftiHeader(
        int version,
        boolean singleFile,
        boolean bigEndian,
        Extent extent,
        int volumes,
        int channels,
        NiftiType type,
        long voxelOffset,
        Scaling scaling,
        Optional<DisplayRange> display,
        Affine affine,
        Optional<Double> volumeStep,
        int intent) {

    /// From stored to true values: `slope * stored + intercept`.
    ///
    /// @param slope finite, not 0
    /// @param intercept finite
    record Scaling(double slope, double intercept) {
        /// True values are the stored ones.
        static final Scaling NONE = new Scaling(1, 0);

        /// The true value.
        double apply(double stored) {
            return slope * stored + intercept;
        }
    }

    /// The name of the format.
    String format() {
        return "NIfTI-" + version;
    }

    /// The size of one channel of one volume.
    long volumeBytes() {
        return extent.voxels() * type.bytes();
    }

    /// The size of all voxels of the file.
    long allBytes() {
        return Math.multiplyExact(volumeBytes(), (long) volumes * channels);
    }

    /// Checks a header.
    ///
    /// @param subject the file, for messages
    static NiftiHeader check(RawHeader raw, String subject) {
        NiftiType type = type(raw.datatype(), subject);
        int[] sizes = sizes(raw, subject);
        refuseImpossible(sizes, type, subject);
        return new NiftiHeader(
                raw.version(),
                raw.singleFile(),
                raw.order() == ByteOrder.BIG_ENDIAN,
                new Extent(sizes[0], sizes[1], sizes[2]),
                sizes[3],
                sizes[4],
                type,
                voxelOffset(raw, subject),
                scaling(raw, type, subject),
                display(raw, type),
                NiftiOrientation.affine(raw),
                volumeStep(raw),
                raw.intent());
    }

    private static NiftiType type(int code, String subject) {
        return NiftiType.find(code)
                .orElseThrow(() -> NiftiType.nameOfUnread(code)
                        .map(name -> PatchlensException.badData(
                                subject,
                                "the voxels are " + name + ", which is not read",
                                "Convert them to float32 or float64"))
                        .orElseGet(() -> PatchlensException.badData(
                                subject, "the voxel type has the code " + code + ", which NIfTI does not know", "")));
    }

    /// The sizes of dimensions 1 to 5, absent ones as 1.
    private static int[] sizes(RawHeader raw, String subject) {
        long dimensions = raw.dim().get(0);
        if (dimensions < 1 || dimensions > 7) {
            throw PatchlensException.badData(
                    subject, "the header has " + dimensions + " dimensions; NIfTI has 1 to 7", "");
        }
        // Surfaces and matrices of connectivity (CIFTI-2) begin at intent 3000.
        if (dimensions == 1 || (raw.intent() >= 3000 && raw.intent() < 3100)) {
            throw PatchlensException.badData(
                    subject, "the data are a list or a matrix of measurements, not a picture or a volume", "");
        }
        int[] sizes = {1, 1, 1, 1, 1};
        for (int dimension = 1; dimension <= dimensions; dimension++) {
            long size = raw.dim().get(dimension);
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw PatchlensException.badData(
                        subject, "dimension " + dimension + " of the header has the impossible size " + size, "");
            }
            if (dimension <= 5) {
                sizes[dimension - 1] = (int) size;
            } else if (size > 1) {
                throw PatchlensException.badData(
                        subject, "the data have " + dimensions + " dimensions; at most 5 are read", "");
            }
        }
        return sizes;
    }

    /// No file system holds 2^62 bytes; below that no product of sizes overflows.
    private static void refuseImpossible(int[] sizes, NiftiType type, String subject) {
        double bytes = type.bytes();
        for (int size : sizes) {
            bytes *= size;
        }
        if (bytes > 0x1p62) {
            throw PatchlensException.badData(
                    subject,
                    "the header describes " + String.format(Locale.ROOT, "%.1e", bytes) + " bytes of voxels",
                    "");
        }
    }

    private static long voxelOffset(RawHeader raw, String subject) {
        double offset = raw.voxelOffset();
        // Four bytes after the header say whether extensions follow.
        long least = raw.singleFile() ? raw.bytes() + 4L : 0;
        if (raw.singleFile() && offset == 0) {
            return least;
        }
        if (!(offset >= least && offset < 0x1p62)) {
            throw PatchlensException.badData(
                    subject, "the voxels begin at byte " + offset + ", which cannot be; the first one is " + least, "");
        }
        return (long) offset;
    }

    /// A slope of 0 or one that is not a number means that there is no scaling.
    private static Scaling scaling(RawHeader raw, NiftiType type, String subject) {
        boolean scaled = raw.slope() != 0 && Double.isFinite(raw.slope()) && !type.isColour();
        if (!scaled || (raw.slope() == 1 && raw.intercept() == 0)) {
            return Scaling.NONE;
        }
        if (!Double.isFinite(raw.intercept())) {
            throw PatchlensException.badData(
                    subject,
                    "the values are scaled by " + raw.slope() + " but the intercept is " + raw.intercept(),
                    "Repair scl_inter in the header");
        }
        return new Scaling(raw.slope(), raw.intercept());
    }

    private static Optional<DisplayRange> display(RawHeader raw, NiftiType type) {
        float black = (float) raw.calMin();
        float white = (float) raw.calMax();
        boolean stated = Float.isFinite(black) && Float.isFinite(white) && white > black && !type.isColour();
        return stated ? Optional.of(new DisplayRange(black, white)) : Optional.empty();
    }

    private static Optional<Double> volumeStep(RawHeader raw) {
        double seconds = switch (raw.units() & 0x38) {
            case 8 -> 1;
            case 16 -> 1e-3;
            case 24 -> 1e-6;
            default -> 0;
        };
        double step = raw.pixdim().get(4) * seconds;
        return raw.dim().get(0) >= 4 && raw.dim().get(4) > 1 && step > 0 && Double.isFinite(step)
                ? Optional.of(step)
                : Optional.empty();
    }
}
