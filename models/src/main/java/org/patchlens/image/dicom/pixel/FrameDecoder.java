package org.patchlens.image.dicom.pixel;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.patchlens.image.dicom.codec.DecodedFrame;
import org.patchlens.image.dicom.codec.DecodingException;
import org.patchlens.image.dicom.codec.FrameShape;
import org.patchlens.image.dicom.codec.RleDecoder;
import org.patchlens.image.dicom.codec.jpeg.JpegDecoder;
import org.patchlens.image.dicom.codec.jpeg2000.Jpeg2000Decoder;
import org.patchlens.image.dicom.codec.jpegls.JpegLsDecoder;
import org.patchlens.image.dicom.dataset.DicomSource;
import org.patchlens.image.dicom.dataset.Element;
import org.patchlens.image.dicom.dataset.Inflation;
import org.patchlens.image.dicom.dataset.TransferSyntax.Coding;

/// The stored numbers of any frame of a file; colours come out as red, green, blue. Not safe for several threads.
public final class FrameDecoder {
    private final DicomSource source;
    private final Element pixels;
    private final PixelLayout layout;
    private @Nullable FrameLocator locator;

    /// @param pixels the element that holds the pixel data
    public FrameDecoder(DicomSource source, Element pixels, PixelLayout layout) {
        this.source = source;
        this.pixels = pixels;
        this.layout = layout;
    }

    /// Decodes a frame.
    ///
    /// @throws DecodingException if it is damaged or of an unsupported variant
    public StoredPixels decode(int frame) throws DecodingException {
        return switch (source.syntax().coding()) {
            case NATIVE -> uncompressed(frame);
            case DEFLATED_FRAMES -> inflated(fragment(frame));
            case RLE ->
                integers(RleDecoder.decode(fragment(frame), layout.shape(), layout.bitsAllocated() / 8), Coding.RLE);
            case JPEG -> integers(JpegDecoder.decode(fragment(frame), layout.shape()), Coding.JPEG);
            case JPEG_LS -> integers(JpegLsDecoder.decode(fragment(frame), layout.shape()), Coding.JPEG_LS);
            case JPEG_2000 -> integers(Jpeg2000Decoder.decode(fragment(frame), layout.shape()), Coding.JPEG_2000);
            case NONE ->
                throw new DecodingException("no decoder for " + source.syntax().title());
        };
    }

    private StoredPixels uncompressed(int frame) throws DecodingException {
        if (pixels.content() instanceof Element.Fragments) {
            return unpack(fragment(frame));
        }
        PixelLayout actual = actualLayout();
        requireEvenColumns(actual);
        long bits = actual.nativeBits();
        long firstBit = bits * frame;
        if (layout.bitsAllocated() == 1) {
            long needed = (firstBit + bits + 7) / 8 - firstBit / 8;
            byte[] bytes = nativeBytes(firstBit / 8, needed);
            return NativeFrame.unpackBits(bytes, layout, (int) (firstBit % 8));
        }
        byte[] bytes = nativeBytes(firstBit / 8, bits / 8);
        return rgb(NativeFrame.unpack(bytes, actual, pixels.bigEndian()), actual.photometric());
    }

    /// Some files say that colour differences are halved and store them whole; their length tells.
    private PixelLayout actualLayout() {
        FrameShape shape = layout.shape();
        long whole = 3L * shape.columns() * shape.rows() * layout.bitsAllocated() / 8 * layout.frames();
        if (!layout.photometric().halved() || pixels.length() < whole) {
            return layout;
        }
        return new PixelLayout(
                shape,
                layout.frames(),
                layout.kind(),
                layout.bitsAllocated(),
                layout.bitsStored(),
                layout.highBit(),
                layout.signed(),
                Photometric.YBR_FULL,
                layout.planar());
    }

    private byte[] nativeBytes(long offset, long needed) throws DecodingException {
        requireBytes(pixels.length() - offset, needed);
        if (!pixels.bigEndian() || !pixels.words() || layout.bitsAllocated() > 8) {
            return source.bytes().bytes(pixels.offset() + offset, needed);
        }
        long from = offset & ~1L;
        long to = Math.min(pixels.length(), offset + needed + 1 & ~1L);
        byte[] words = source.bytes().bytes(pixels.offset() + from, to - from);
        for (int i = 0; i + 1 < words.length; i += 2) {
            byte first = words[i];
            words[i] = words[i + 1];
            words[i + 1] = first;
        }
        int start = (int) (offset - from);
        return Arrays.copyOfRange(words, start, start + (int) needed);
    }

    private static void requireBytes(long present, long needed) throws DecodingException {
        if (present < needed) {
            throw new DecodingException(
                    Math.max(0, present) + " of " + needed + " bytes are there; the file is truncated");
        }
    }

    private byte[] fragment(int frame) throws DecodingException {
        if (!(pixels.content() instanceof Element.Fragments fragments)) {
            throw new DecodingException(
                    "pixels compressed as " + source.syntax().title() + " are not in pieces");
        }
        if (locator == null) {
            locator = FrameLocator.of(source.bytes(), source.dataSet(), fragments, layout.frames());
        }
        return locator.bytes(frame);
    }

    private StoredPixels inflated(byte[] packed) throws DecodingException {
        layout.shape().count(packed.length);
        try {
            return unpack(Inflation.raw(packed, (layout.nativeBits() + 7) / 8 + 16));
        } catch (DataFormatException e) {
            throw new DecodingException("the deflated pixels are damaged");
        }
    }

    /// One frame in little endian, maybe with padding after it.
    private StoredPixels unpack(byte[] bytes) throws DecodingException {
        requireEvenColumns(layout);
        long needed = (layout.nativeBits() + 7) / 8;
        requireBytes(bytes.length, needed);
        byte[] exact = Arrays.copyOf(bytes, (int) needed);
        return layout.bitsAllocated() == 1
                ? NativeFrame.unpackBits(exact, layout, 0)
                : rgb(NativeFrame.unpack(exact, layout, false), layout.photometric());
    }

    private static void requireEvenColumns(PixelLayout layout) throws DecodingException {
        if (layout.photometric().halved() && layout.shape().columns() % 2 == 1) {
            throw new DecodingException("halved colour differences need an even number of columns");
        }
    }

    /// Brings what a codec gives to the stored bits and sign that the header promises.
    private StoredPixels integers(DecodedFrame decoded, Coding coding) throws DecodingException {
        if (layout.kind() != PixelLayout.Kind.INTEGER) {
            throw new DecodingException("floating-point pixels cannot be compressed");
        }
        int[] values = decoded.values();
        boolean shifted = coding == Coding.RLE || coding == Coding.JPEG;
        if (layout.signed() != decoded.signed() || (shifted && layout.bitsStored() < layout.bitsAllocated())) {
            for (int i = 0; i < values.length; i++) {
                values[i] = layout.sample(values[i]);
            }
        }
        StoredPixels.Integers stored = new StoredPixels.Integers(values, !layout.signed() && layout.bitsStored() == 32);
        return switch (decoded.color()) {
            case AS_LABELLED -> rgb(stored, layout.photometric());
            case RGB -> stored;
            case YBR -> rgb(stored, Photometric.YBR_FULL);
        };
    }

    private StoredPixels rgb(StoredPixels stored, Photometric photometric) {
        if (photometric.luminance() && stored instanceof StoredPixels.Integers integers) {
            ColorConversion.toRgb(integers.values(), photometric, layout.bitsStored());
        }
        return stored;
    }
}
