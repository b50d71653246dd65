package org.patchlens.image.dicom.codec.jpegls;

import org.patchlens.image.dicom.codec.DecodedFrame;
import org.patchlens.image.dicom.codec.DecodingException;
import org.patchlens.image.dicom.codec.FrameShape;

/// Reads the markers of a JPEG-LS stream (T.87 annex C) and has its scans decoded.
public final class JpegLsDecoder {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DRI = 0xDD;
    private static final int APP8 = 0xE8;
    private static final int SOF55 = 0xF7;
    private static final int LSE = 0xF8;

    private final byte[] data;
    private final FrameShape shape;
    private final int[] values;
    private int precision;
    private int[] preset = new int[5];
    private int decoded;

    private JpegLsDecoder(byte[] data, FrameShape shape) throws DecodingException {
        this.data = data;
        this.shape = shape;
        this.values = new int[shape.count(data.length)];
    }

    /// Decodes a frame; colours are left as they are stored.
    public static DecodedFrame decode(byte[] data, FrameShape shape) throws DecodingException {
        JpegLsDecoder decoder = new JpegLsDecoder(data, shape);
        decoder.run();
        return new DecodedFrame(decoder.values, false, DecodedFrame.Color.AS_LABELLED);
    }

    private void run() throws DecodingException {
        if (data.length < 4 || u8(0) != 0xFF || u8(1) != SOI) {
            throw new DecodingException("the compressed pixels do not start like a JPEG-LS stream");
        }
        int position = 2;
        while (position + 1 < data.length && decoded < shape.samples()) {
            if (u8(position) != 0xFF) {
                throw new DecodingException("byte " + position + " of the JPEG-LS stream should be a marker");
            }
            int marker = u8(position + 1);
            if (marker == 0xFF) {
                position++;
            } else if (marker == EOI) {
                break;
            } else {
                position = segment(marker, position + 2);
            }
        }
        if (decoded < shape.samples()) {
            throw new DecodingException(
                    "the JPEG-LS stream holds " + decoded + " of " + shape.samples() + " components");
        }
    }

    private int segment(int marker, int position) throws DecodingException {
        if (position + 2 > data.length || u16(position) < 2 || position + u16(position) > data.length) {
            throw new DecodingException("the JPEG-LS stream ends inside a marker segment");
        }
        int end = position + u16(position);
        int start = position + 2;
        switch (marker) {
            case SOF55 -> frame(start, end);
            case LSE -> parameters(start, end);
            case DRI -> refuseRestarts(start, end);
            case APP8 -> refuseTransform(start, end);
            case SOS -> {
                return scan(start, end);
            }
            default -> {
                // Comments and application data.
            }
        }
        return end;
    }

    private void frame(int start, int end) throws DecodingException {
        precision = number(start, end, 1);
        int count = number(start + 5, end, 1);
        shape.require(number(start + 3, end, 2), number(start + 1, end, 2), count);
        if (precision < 2 || precision > 16) {
            throw new DecodingException("JPEG-LS samples of " + precision + " bits are not supported");
        }
        for (int i = 0; i < count; i++) {
            if (number(start + 7 + 3 * i, end, 1) != 0x11) {
                throw new DecodingException("JPEG-LS components of different size are not supported");
            }
        }
    }

    private void parameters(int start, int end) throws DecodingException {
        if (number(start, end, 1) != 1) {
            throw new DecodingException("JPEG-LS palettes are not supported");
        }
        for (int i = 0; i < preset.length; i++) {
            preset[i] = number(start + 1 + 2 * i, end, 2);
        }
    }

    private void refuseRestarts(int start, int end) throws DecodingException {
        if (number(start, end, 2) != 0) {
            throw new DecodingException("JPEG-LS restart intervals are not supported");
        }
    }

    /// An extension outside the standard that rotates colours.
    private void refuseTransform(int start, int end) throws DecodingException {
        boolean named = end - start >= 5 && data[start] == 'm' && data[start + 1] == 'r' && data[start + 2] == 'f';
        if (named && u8(start + 4) != 0) {
            throw new DecodingException("JPEG-LS with a private colour transform is not supported");
        }
    }

    private int scan(int start, int end) throws DecodingException {
        int count = number(start, end, 1);
        int at = start + 1 + 2 * count;
        int near = number(at, end, 1);
        int interleave = number(at + 1, end, 1);
        int transform = number(at + 2, end, 1) & 15;
        boolean sound = precision > 0
                && decoded + count <= shape.samples()
                && (interleave == 0 ? count == 1 : count == shape.samples() && interleave <= 2);
        if (!sound || transform >= precision) {
            throw new DecodingException("a JPEG-LS scan header is damaged");
        }
        int largest = preset[0] == 0 ? (1 << precision) - 1 : preset[0];
        if (largest >= 1 << precision) {
            throw new DecodingException("the JPEG-LS parameters are damaged");
        }
        Parameters parameters = new Parameters(largest, near, preset[1], preset[2], preset[3], preset[4]).orDefaults();
        BitReader bits = new BitReader(data, end);
        LineDecoder lines = new LineDecoder(parameters, bits, shape.columns(), count);
        Lines target = new Lines(values, shape, decoded, transform);
        if (interleave == 2 && count > 1) {
            bySample(lines, target, count);
        } else {
            byLine(lines, target, count);
        }
        bits.requireData();
        decoded += count;
        return bits.nextMarker();
    }

    private void byLine(LineDecoder lines, Lines target, int count) throws DecodingException {
        for (int row = 0; row < shape.rows(); row++) {
            for (int component = 0; component < count; component++) {
                target.put(row, component, lines.line(component));
            }
        }
    }

    private void bySample(LineDecoder lines, Lines target, int count) throws DecodingException {
        for (int row = 0; row < shape.rows(); row++) {
            int[][] decodedLines = lines.interleavedLine();
            for (int component = 0; component < count; component++) {
                target.put(row, component, decodedLines[component]);
            }
        }
    }

    /// Where decoded lines go.
    private static final class Lines {
        private final int[] values;
        private final FrameShape shape;
        private final int first;
        private final int transform;

        Lines(int[] values, FrameShape shape, int first, int transform) {
            this.values = values;
            this.shape = shape;
            this.first = first;
            this.transform = transform;
        }

        /// @param line samples from index 1 on
        void put(int row, int component, int[] line) {
            int step = shape.samples();
            int to = row * shape.columns() * step + first + component;
            for (int x = 1; x <= shape.columns(); x++, to += step) {
                values[to] = line[x] << transform;
            }
        }
    }

    private int number(int at, int end, int bytes) throws DecodingException {
        if (at + bytes > end) {
            throw new DecodingException("a JPEG-LS marker segment is too short");
        }
        return bytes == 1 ? u8(at) : u16(at);
    }

    private int u8(int at) {
        return data[at] & 0xFF;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }
}
