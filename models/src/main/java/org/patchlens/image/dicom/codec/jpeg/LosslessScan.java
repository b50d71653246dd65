package org.patchlens.image.dicom.codec.jpeg;

import org.patchlens.image.dicom.codec.DecodingException;

/// A scan of the lossless process (T.81 annex H): each sample is predicted from its neighbours to the left and
/// above.
final class LosslessScan {
    private final Scan scan;
    private final BitReader bits;
    private final int[] values;
    private final int columns;
    private final int rows;
    private final int step;
    private final int start;

    private LosslessScan(JpegHeader frame, Scan scan, BitReader bits, int[] values) {
        this.scan = scan;
        this.bits = bits;
        this.values = values;
        this.columns = frame.columns();
        this.rows = frame.rows();
        this.step = frame.components().size();
        this.start = 1 << (frame.precision() - scan.low() - 1);
    }

    /// Decodes the components of a scan into interleaved samples.
    static void decode(JpegHeader frame, Scan scan, BitReader bits, int[] values) throws DecodingException {
        for (JpegHeader.Component component : frame.components()) {
            if (component.horizontal() != frame.widest() || component.vertical() != frame.highest()) {
                throw new DecodingException("lossless JPEG with components of different size is not supported");
            }
        }
        if (scan.spectralStart() < 1 || scan.spectralStart() > 7 || scan.low() >= frame.precision()) {
            throw new DecodingException("the lossless JPEG scan has no valid predictor");
        }
        new LosslessScan(frame, scan, bits, values).run();
    }

    private void run() throws DecodingException {
        int interval = scan.restartInterval();
        int left = interval;
        int firstRow = 0;
        for (int y = 0; y < rows; y++) {
            if (interval == 0) {
                row(y, y == 0);
            } else {
                for (int x = 0; x < columns; x++) {
                    boolean restarted = false;
                    if (left == 0) {
                        bits.restart();
                        left = interval;
                        firstRow = y;
                        restarted = true;
                    }
                    pixel(x, y, y == firstRow, restarted);
                    left--;
                }
            }
            bits.requireData();
        }
        if (scan.low() > 0) {
            scale();
        }
    }

    /// One row without restarts; one component has its own loops.
    private void row(int y, boolean first) throws DecodingException {
        if (step > 1) {
            for (int x = 0; x < columns; x++) {
                pixel(x, y, first, false);
            }
            return;
        }
        HuffmanTable table = scan.parts().getFirst().requireDc();
        int at = y * columns;
        int left = (first ? start : values[at - columns]) + table.decodeNumber(bits) & 0xFFFF;
        values[at] = left;
        int end = at + columns;
        if (first || scan.spectralStart() == 1) {
            for (at++; at < end; at++) {
                left = left + table.decodeNumber(bits) & 0xFFFF;
                values[at] = left;
            }
            return;
        }
        for (at++; at < end; at++) {
            left = predict(left, values[at - columns], values[at - columns - 1]) + table.decodeNumber(bits) & 0xFFFF;
            values[at] = left;
        }
    }

    private void pixel(int x, int y, boolean firstRow, boolean restarted) throws DecodingException {
        for (Scan.Part part : scan.parts()) {
            int at = (y * columns + x) * step + part.component().index();
            int prediction = restarted ? start : predict(at, x, firstRow);
            values[at] = prediction + part.requireDc().decodeNumber(bits) & 0xFFFF;
        }
    }

    private int predict(int at, int x, boolean firstRow) {
        if (firstRow) {
            return x == 0 ? start : values[at - step];
        }
        int above = values[at - columns * step];
        if (x == 0) {
            return above;
        }
        return predict(values[at - step], above, values[at - (columns + 1) * step]);
    }

    private int predict(int left, int above, int corner) {
        return switch (scan.spectralStart()) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + ((above - corner) >> 1);
            case 6 -> above + ((left - corner) >> 1);
            default -> (left + above) >> 1;
        };
    }

    private void scale() {
        for (Scan.Part part : scan.parts()) {
            for (int i = part.component().index(); i < values.length; i += step) {
                values[i] <<= scan.low();
            }
        }
    }
}
