package org.patchlens.image.dicom.codec;

/// RLE Lossless (PS3.5 annex G): one PackBits segment per byte of a sample, most significant byte first.
public final class RleDecoder {
    private static final int HEADER_BYTES = 64;
    private static final int MOST_SEGMENTS = 15;

    private final byte[] data;
    private final int pixels;

    private RleDecoder(byte[] data, int pixels) {
        this.data = data;
        this.pixels = pixels;
    }

    /// Decodes a frame.
    ///
    /// @param bytesPerSample 1 to 4; 0 for one bit per pixel, eight packed in a byte, lowest bit first
    public static DecodedFrame decode(byte[] data, FrameShape shape, int bytesPerSample) throws DecodingException {
        int count = shape.count(data.length);
        int bytes = Math.max(1, bytesPerSample);
        int segments = shape.samples() * bytes;
        if (data.length < HEADER_BYTES) {
            throw new DecodingException("the run-length header has " + data.length + " of " + HEADER_BYTES + " bytes");
        }
        long found = number(data, 0);
        if (found != segments || segments > MOST_SEGMENTS) {
            throw new DecodingException(
                    "the run-length data have " + found + " segments; " + segments + " are expected");
        }
        int pixels = count / shape.samples();
        int[] values = new int[count];
        if (bytesPerSample == 0) {
            bits(new RleDecoder(data, (pixels + 7) / 8), values);
            return new DecodedFrame(values, false, DecodedFrame.Color.AS_LABELLED);
        }
        RleDecoder decoder = new RleDecoder(data, pixels);
        for (int segment = 0; segment < segments; segment++) {
            int shift = 8 * (bytes - 1 - segment % bytes);
            decoder.segment(segment, segments, values, segment / bytes, shape.samples(), shift);
        }
        return new DecodedFrame(values, false, DecodedFrame.Color.AS_LABELLED);
    }

    private static void bits(RleDecoder decoder, int[] values) throws DecodingException {
        int[] packed = new int[decoder.pixels];
        decoder.segment(0, 1, packed, 0, 1, 0);
        for (int i = 0; i < values.length; i++) {
            values[i] = packed[i >> 3] >> (i & 7) & 1;
        }
    }

    /// Adds the bytes of a segment, shifted to their place, to every `step`-th value from `first`.
    private void segment(int index, int segments, int[] values, int first, int step, int shift)
            throws DecodingException {
        long start = number(data, 4 + 4 * index);
        long end = index + 1 < segments ? number(data, 8 + 4 * index) : data.length;
        if (start < HEADER_BYTES || start > end || end > data.length) {
            throw new DecodingException(
                    "run-length segment " + index + " lies at bytes " + start + " to " + end + " of " + data.length);
        }
        int position = (int) start;
        int limit = (int) end;
        int at = first;
        int left = pixels;
        while (left > 0 && position < limit) {
            int control = data[position++];
            if (control >= 0) {
                int run = Math.min(Math.min(control + 1, limit - position), left);
                for (int i = 0; i < run; i++, at += step) {
                    values[at] |= (data[position + i] & 0xFF) << shift;
                }
                position += control + 1;
                left -= run;
            } else if (control != -128 && position < limit) {
                int value = (data[position++] & 0xFF) << shift;
                int run = Math.min(1 - control, left);
                for (int i = 0; i < run; i++, at += step) {
                    values[at] |= value;
                }
                left -= run;
            }
        }
        if (left > 0) {
            throw new DecodingException(
                    "run-length segment " + index + " ends after " + (pixels - left) + " of " + pixels + " pixels");
        }
    }

    private static long number(byte[] data, int at) {
        return (data[at] & 0xFF)
                | (data[at + 1] & 0xFF) << 8
                | (data[at + 2] & 0xFF) << 16
                | (data[at + 3] & 0xFFL) << 24;
    }
}
