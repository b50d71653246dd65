package org.patchlens.image.dicom.codec.jpeg;

import org.patchlens.image.dicom.codec.DecodingException;

/// A scan of the lossless process (T.81 annex H): each sample is predicted from its neighbours to the left and above.
final class LosslessScan {
    /// The difference of category 16, which has no further bits.
    private static final int HALF_RANGE = 1 << 15;

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

    /// One row without restarts; the usual predictor of one component has its own loop.
    private void row(int y, boolean first) throws DecodingException {
        if (scan.parts().size() == 1 && step == 1 && (scan.spectralStart() == 1 || first)) {
            HuffmanTable table = scan.parts().getFirst().requireDc();
            int at = y * columns;
            int previous = first ? start : values[at - columns];
            for (int end = at + columns; at < end; at++) {
                previous = previous + difference(table) & 0xFFFF;
                values[at] = previous;
            }
            return;
        }
        for (int x = 0; x < columns; x++) {
            pixel(x, y, first, false);
        }
    }

    private void pixel(int x, int y, boolean firstRow, boolean restarted) throws DecodingException {
        for (Scan.Part part : scan.parts()) {
            int at = (y * columns + x) * step + part.component().index();
            int prediction = restarted ? start : predict(at, x, firstRow);
            values[at] = prediction + difference(part.requireDc()) & 0xFFFF;
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
        int left = values[at - step];
        int corner = values[at - (columns + 1) * step];
        return switch (scan.spectralStart()) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + (above - corner >> 1);
            case 6 -> above + (left - corner >> 1);
            default -> left + above >> 1;
        };
    }

    private int difference(HuffmanTable table) throws DecodingException {
        int category = table.decode(bits);
        if (category < 16) {
            return bits.takeSigned(category);
        }
        if (category > 16) {
            throw new DecodingException("a lossless JPEG difference has " + category + " bits");
        }
        return HALF_RANGE;
    }

    private void scale() {
        for (Scan.Part part : scan.parts()) {
            for (int i = part.component().index(); i < values.length; i += step) {
                values[i] <<= scan.low();
            }
        }
    }
}
