package org.patchlens.image.dicom.pixel;

import java.util.OptionalInt;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.dicom.codec.FrameShape;
import org.patchlens.image.dicom.dataset.DataSet;
import org.patchlens.image.dicom.dataset.Tag;

/// How the samples of a file are stored (PS3.5 chapter 8), checked.
///
/// @param shape of a frame
/// @param frames at least 1
/// @param kind of number
/// @param bitsAllocated per sample: 1, 8, 16, 24, 32 or, for doubles, 64
/// @param bitsStored of the allocated ones that count
/// @param highBit the highest bit that counts, from 0
/// @param signed whether samples are in two's complement
/// @param photometric what samples mean
/// @param planar whether uncompressed colours are stored plane after plane
public record PixelLayout(
        FrameShape shape,
        int frames,
        Kind kind,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        Photometric photometric,
        boolean planar) {

    /// What a sample is.
    public enum Kind {
        INTEGER,
        FLOAT,
        DOUBLE
    }

    /// Reads and checks the image description of a header that has pixels.
    public static PixelLayout of(DataSet header, ImageLimits limits, String subject) {
        Checked checked = new Checked(header, subject);
        Kind kind = kind(header);
        int samples = checked.between(Tag.SAMPLES_PER_PIXEL, "samples per pixel", 1, 3, OptionalInt.of(1));
        if (samples == 2) {
            throw checked.bad("2 samples per pixel; 1 or 3 are expected");
        }
        FrameShape shape = new FrameShape(
                checked.between(Tag.COLUMNS, "columns", 1, 65535, OptionalInt.empty()),
                checked.between(Tag.ROWS, "rows", 1, 65535, OptionalInt.empty()),
                samples);
        checked.pixels(shape, limits);
        int allocated = checked.allocated(kind);
        int stored = checked.between(Tag.BITS_STORED, "bits stored", 1, allocated, OptionalInt.of(allocated));
        int high = checked.between(Tag.HIGH_BIT, "high bit", stored - 1, allocated - 1, OptionalInt.of(stored - 1));
        boolean signed = header.unsignedShort(Tag.PIXEL_REPRESENTATION).orElse(0) == 1;
        boolean planar = header.unsignedShort(Tag.PLANAR_CONFIGURATION).orElse(0) == 1;
        return new PixelLayout(
                shape,
                checked.frames(limits),
                kind,
                allocated,
                stored,
                high,
                signed,
                checked.photometric(samples),
                planar && samples == 3);
    }

    private static Kind kind(DataSet header) {
        if (header.find(Tag.FLOAT_PIXEL_DATA).isPresent()) {
            return Kind.FLOAT;
        }
        return header.find(Tag.DOUBLE_PIXEL_DATA).isPresent() ? Kind.DOUBLE : Kind.INTEGER;
    }

    /// The bits of a frame as it is stored uncompressed.
    long nativeBits() {
        long pixels = (long) shape.columns() * shape.rows();
        return photometric.halved() ? pixels * 2 * bitsAllocated : pixels * shape.samples() * bitsAllocated;
    }

    /// Takes the bits that count out of a stored number and extends its sign.
    int sample(int stored) {
        int value = stored >> (highBit + 1 - bitsStored);
        int unused = 32 - bitsStored;
        return signed ? value << unused >> unused : value << unused >>> unused;
    }

    /// Whether [#sample] changes anything in an unsigned number of the allocated size.
    boolean wholeCells() {
        return !signed && bitsStored == bitsAllocated;
    }

    /// The largest unsigned value that the stored bits can hold.
    double largest() {
        return Math.scalb(1.0, bitsStored) - 1;
    }

    private record Checked(DataSet header, String subject) {
        int between(int tag, String name, int low, int high, OptionalInt absent) {
            OptionalInt value = header.unsignedShort(tag);
            if (value.isEmpty() && absent.isPresent()) {
                return absent.getAsInt();
            }
            if (value.isEmpty()) {
                throw bad("the number of " + name + ", element " + Tag.name(tag) + ", is missing");
            }
            if (value.getAsInt() < low || value.getAsInt() > high) {
                throw bad(value.getAsInt() + " " + name + "; " + low + " to " + high + " are expected");
            }
            return value.getAsInt();
        }

        void pixels(FrameShape shape, ImageLimits limits) {
            long pixels = (long) shape.columns() * shape.rows();
            if (pixels > limits.pixels()) {
                throw bad(shape.columns() + " x " + shape.rows() + " pixels; the limit is " + limits.pixels());
            }
        }

        int allocated(Kind kind) {
            int bits = between(Tag.BITS_ALLOCATED, "bits allocated", 1, 64, OptionalInt.empty());
            boolean known = switch (kind) {
                case INTEGER -> bits == 1 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
                case FLOAT -> bits == 32;
                case DOUBLE -> bits == 64;
            };
            if (!known) {
                throw bad(bits + " bits allocated per sample; 1, 8, 16, 24 or 32 are supported");
            }
            return bits;
        }

        int frames(ImageLimits limits) {
            int frames = header.wholeNumber(Tag.NUMBER_OF_FRAMES).orElse(1);
            if (frames < 1) {
                throw bad(frames + " frames");
            }
            if (frames > limits.frames()) {
                throw bad(frames + " frames; the limit is " + limits.frames());
            }
            return frames;
        }

        Photometric photometric(int samples) {
            String term = header.text(Tag.PHOTOMETRIC_INTERPRETATION).orElse(samples == 1 ? "MONOCHROME2" : "RGB");
            Photometric found = Photometric.find(term)
                    .orElseThrow(() ->
                            bad("a photometric interpretation that is not supported; grey, palette, RGB and YBR are"));
            if (found.samples() != samples) {
                throw bad(samples + " samples per pixel with " + found.term() + ", which has " + found.samples());
            }
            return found;
        }

        PatchlensException bad(String found) {
            return PatchlensException.badData(
                    subject,
                    "The image description is unusable: " + found,
                    "The file is damaged or of a rare variant.");
        }
    }
}
