package org.patchlens.image.dicom.codec.jpeg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchlens.image.dicom.codec.DecodedFrame;
import org.patchlens.image.dicom.codec.DecodingException;
import org.patchlens.image.dicom.codec.FrameShape;

/// Reads the markers of a JPEG stream (T.81 annex B) and has its scans decoded.
public final class JpegDecoder {
    private static final int SOF0 = 0xC0;
    private static final int SOF1 = 0xC1;
    private static final int SOF2 = 0xC2;
    private static final int SOF3 = 0xC3;
    private static final int DHT = 0xC4;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DNL = 0xDC;
    private static final int DRI = 0xDD;
    private static final int APP14 = 0xEE;

    /// Real streams have a dozen; without a bound a small file could ask for hours.
    private static final int MOST_SCANS = 500;

    private final byte[] data;
    private final FrameShape shape;
    private final int[] @Nullable [] quantization = new int[4][];
    private final @Nullable HuffmanTable[] dc = new HuffmanTable[4];
    private final @Nullable HuffmanTable[] ac = new HuffmanTable[4];
    private @Nullable JpegHeader header;
    private @Nullable DctImage dct;
    private int @Nullable [] lossless;
    private int restartInterval;
    private int adobeTransform = -1;
    private int scans;

    private JpegDecoder(byte[] data, FrameShape shape) {
        this.data = data;
        this.shape = shape;
    }

    /// Decodes a frame; colours are left as they are stored.
    public static DecodedFrame decode(byte[] data, FrameShape shape) throws DecodingException {
        shape.count(data.length);
        JpegDecoder decoder = new JpegDecoder(data, shape);
        decoder.run();
        return decoder.finish();
    }

    private void run() throws DecodingException {
        if (data.length < 4 || u8(0) != 0xFF || u8(1) != SOI) {
            throw new DecodingException("the compressed pixels do not start like a JPEG stream");
        }
        int position = 2;
        while (position + 1 < data.length) {
            if (u8(position) != 0xFF) {
                throw new DecodingException("byte " + position + " of the JPEG stream should be a marker");
            }
            int marker = u8(position + 1);
            if (marker == 0xFF) {
                position++;
                continue;
            }
            position += 2;
            if (marker == EOI) {
                return;
            }
            if (marker != SOI && (marker & 0xF8) != 0xD0) {
                position = segment(marker, position);
            }
        }
    }

    private int segment(int marker, int position) throws DecodingException {
        if (position + 2 > data.length || u16(position) < 2 || position + u16(position) > data.length) {
            throw new DecodingException("the JPEG stream ends inside a marker segment");
        }
        int end = position + u16(position);
        int start = position + 2;
        switch (marker) {
            case DQT -> quantizationTables(start, end);
            case DHT -> huffmanTables(start, end);
            case DRI -> restartInterval = number(start, end, 2);
            case APP14 -> adobe(start, end);
            case SOF0, SOF1 -> frame(JpegHeader.Coding.SEQUENTIAL, start, end);
            case SOF2 -> frame(JpegHeader.Coding.PROGRESSIVE, start, end);
            case SOF3 -> frame(JpegHeader.Coding.LOSSLESS, start, end);
            case SOS -> {
                return scan(start, end);
            }
            case DNL, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xF7 ->
                throw new DecodingException("the JPEG process with marker FF"
                        + Integer.toHexString(marker).toUpperCase(Locale.ROOT) + " is not supported");
            default -> {
                // Comments and application data.
            }
        }
        return end;
    }

    private void quantizationTables(int start, int end) throws DecodingException {
        int position = start;
        while (position < end) {
            int wide = u8(position) >> 4;
            int index = u8(position) & 15;
            int size = wide == 0 ? 1 : 2;
            if (index > 3 || wide > 1 || position + 1 + 64 * size > end) {
                throw new DecodingException("a quantization table is damaged");
            }
            int[] table = new int[64];
            for (int i = 0; i < 64; i++) {
                table[ZigZag.ORDER[i]] = number(position + 1 + i * size, end, size);
            }
            quantization[index] = table;
            position += 1 + 64 * size;
        }
    }

    private void huffmanTables(int start, int end) throws DecodingException {
        int position = start;
        while (position < end) {
            if (position + 17 > end || (u8(position) & 15) > 3 || u8(position) >> 4 > 1) {
                throw new DecodingException("a Huffman table is damaged");
            }
            int[] counts = new int[16];
            int sum = 0;
            for (int i = 0; i < 16; i++) {
                counts[i] = u8(position + 1 + i);
                sum += counts[i];
            }
            if (sum > 256 || position + 17 + sum > end) {
                throw new DecodingException("a Huffman table is damaged");
            }
            byte[] symbols = Arrays.copyOfRange(data, position + 17, position + 17 + sum);
            (u8(position) >> 4 == 0 ? dc : ac)[u8(position) & 15] = new HuffmanTable(counts, symbols);
            position += 17 + sum;
        }
    }

    private void adobe(int start, int end) {
        boolean adobe = end - start >= 12 && data[start] == 'A' && data[start + 1] == 'd' && data[start + 2] == 'o';
        if (adobe) {
            adobeTransform = u8(start + 11);
        }
    }

    private void frame(JpegHeader.Coding process, int start, int end) throws DecodingException {
        if (header != null) {
            throw new DecodingException("the JPEG stream holds two frames");
        }
        int precision = number(start, end, 1);
        int count = number(start + 5, end, 1);
        shape.require(number(start + 3, end, 2), number(start + 1, end, 2), count);
        boolean known = process == JpegHeader.Coding.LOSSLESS
                ? precision >= 2 && precision <= 16
                : precision == 8 || precision == 12;
        if (!known) {
            throw new DecodingException("JPEG samples of " + precision + " bits are not supported");
        }
        List<JpegHeader.Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = start + 6 + 3 * i;
            int factors = number(at + 1, end, 1);
            int table = number(at + 2, end, 1);
            int horizontal = factors >> 4;
            int vertical = factors & 15;
            if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4 || table > 3) {
                throw new DecodingException("the JPEG frame header is damaged");
            }
            components.add(new JpegHeader.Component(i, u8(at), horizontal, vertical, table));
        }
        allocate(new JpegHeader(process, precision, shape.columns(), shape.rows(), components));
    }

    private void allocate(JpegHeader found) throws DecodingException {
        header = found;
        if (found.process() == JpegHeader.Coding.LOSSLESS) {
            lossless = new int[shape.count(data.length)];
        } else {
            dct = new DctImage(found);
        }
    }

    private int scan(int start, int end) throws DecodingException {
        JpegHeader frame = header;
        if (frame == null || ++scans > MOST_SCANS) {
            throw new DecodingException(frame == null ? "a JPEG scan comes before its frame" : "too many JPEG scans");
        }
        int count = number(start, end, 1);
        if (count < 1 || count > frame.components().size()) {
            throw new DecodingException("a JPEG scan has " + count + " components");
        }
        List<Scan.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part(frame, number(start + 1 + 2 * i, end, 1), number(start + 2 + 2 * i, end, 1)));
        }
        int at = start + 1 + 2 * count;
        int approximation = number(at + 2, end, 1);
        Scan scan = new Scan(
                parts,
                number(at, end, 1),
                number(at + 1, end, 1),
                approximation >> 4,
                approximation & 15,
                restartInterval);
        BitReader bits = new BitReader(data, end);
        decode(frame, scan, bits);
        return bits.nextMarker();
    }

    private Scan.Part part(JpegHeader frame, int id, int tables) throws DecodingException {
        for (JpegHeader.Component component : frame.components()) {
            if (component.id() == id) {
                return new Scan.Part(component, dc[tables >> 4 & 3], ac[tables & 3]);
            }
        }
        throw new DecodingException("a JPEG scan names a component that the frame does not have");
    }

    private void decode(JpegHeader frame, Scan scan, BitReader bits) throws DecodingException {
        if (lossless != null) {
            LosslessScan.decode(frame, scan, bits, lossless);
        } else if (dct != null) {
            new DctScan(frame, scan, bits, dct).decode();
        }
    }

    private DecodedFrame finish() throws DecodingException {
        if (header == null || scans == 0) {
            throw new DecodingException("the JPEG stream holds no picture");
        }
        if (lossless != null) {
            return new DecodedFrame(lossless, false, DecodedFrame.Color.AS_LABELLED);
        }
        if (dct == null) {
            throw new DecodingException("the JPEG stream holds no picture");
        }
        int[] values = dct.samples(header, quantization, shape.count(data.length));
        return new DecodedFrame(values, false, color(header));
    }

    /// An Adobe marker decides; without one, halved differences and the letters R, G, B do.
    private DecodedFrame.Color color(JpegHeader frame) {
        if (frame.components().size() == 1) {
            return DecodedFrame.Color.AS_LABELLED;
        }
        if (adobeTransform >= 0) {
            return adobeTransform == 0 ? DecodedFrame.Color.RGB : DecodedFrame.Color.YBR;
        }
        JpegHeader.Component first = frame.components().get(0);
        JpegHeader.Component second = frame.components().get(1);
        if (first.horizontal() > second.horizontal() || first.vertical() > second.vertical()) {
            return DecodedFrame.Color.YBR;
        }
        boolean letters = first.id() == 'R' && second.id() == 'G';
        return letters ? DecodedFrame.Color.RGB : DecodedFrame.Color.AS_LABELLED;
    }

    private int number(int at, int end, int bytes) throws DecodingException {
        if (at + bytes > end) {
            throw new DecodingException("a JPEG marker segment is too short");
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
