package org.patchlens.image.dicom.codec.jpeg;

import java.util.Arrays;
import org.patchlens.image.dicom.codec.DecodingException;

/// A scan of DCT coefficients, sequential (T.81 F.2) or progressive (T.81 G.1 and G.2).
final class DctScan {
    private final Scan scan;
    private final BitReader bits;
    private final DctImage image;
    private final int[] lastDc;
    private final Kind kind;
    private int endOfBandRun;

    /// What the scan brings to a block.
    private enum Kind {
        SEQUENTIAL,
        FIRST_DC,
        REFINED_DC,
        FIRST_AC,
        REFINED_AC
    }

    DctScan(JpegHeader frame, Scan scan, BitReader bits, DctImage image) throws DecodingException {
        this.scan = scan;
        this.bits = bits;
        this.image = image;
        this.lastDc = new int[frame.components().size()];
        this.kind = kind(frame, scan);
    }

    private static Kind kind(JpegHeader frame, Scan scan) throws DecodingException {
        if (frame.process() == JpegHeader.Coding.SEQUENTIAL) {
            return Kind.SEQUENTIAL;
        }
        boolean dc = scan.spectralStart() == 0;
        boolean sound = scan.spectralEnd() <= 63
                && scan.spectralStart() <= scan.spectralEnd()
                && scan.low() <= 13
                && (dc ? scan.spectralEnd() == 0 : scan.parts().size() == 1);
        if (!sound) {
            throw new DecodingException("a progressive JPEG scan is damaged");
        }
        boolean first = scan.high() == 0;
        if (dc) {
            return first ? Kind.FIRST_DC : Kind.REFINED_DC;
        }
        return first ? Kind.FIRST_AC : Kind.REFINED_AC;
    }

    void decode() throws DecodingException {
        if (scan.parts().size() == 1) {
            single(scan.parts().getFirst());
        } else {
            interleaved();
        }
        bits.requireData();
    }

    /// One component: only the blocks that hold samples, row by row.
    private void single(Scan.Part part) throws DecodingException {
        DctImage.Plane plane = image.plane(part.component().index());
        int left = scan.restartInterval();
        for (int row = 0; row < plane.usedHigh(); row++) {
            for (int column = 0; column < plane.usedWide(); column++) {
                left = countDown(left);
                block(part, plane, (row * plane.blocksWide() + column) * 64);
            }
            bits.requireData();
        }
    }

    /// Several components: units of as many blocks of each as its sampling factors say.
    private void interleaved() throws DecodingException {
        Scan.Part first = scan.parts().getFirst();
        int unitsWide = image.plane(first.component().index()).blocksWide()
                / first.component().horizontal();
        int unitsHigh = image.plane(first.component().index()).blocksHigh()
                / first.component().vertical();
        int left = scan.restartInterval();
        for (int row = 0; row < unitsHigh; row++) {
            for (int column = 0; column < unitsWide; column++) {
                left = countDown(left);
                for (Scan.Part part : scan.parts()) {
                    unit(part, row, column);
                }
            }
            bits.requireData();
        }
    }

    private void unit(Scan.Part part, int row, int column) throws DecodingException {
        DctImage.Plane plane = image.plane(part.component().index());
        int wide = part.component().horizontal();
        int high = part.component().vertical();
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                block(part, plane, ((row * high + y) * plane.blocksWide() + column * wide + x) * 64);
            }
        }
    }

    /// Restarts where the interval ends; returns how many units are left in it.
    private int countDown(int left) throws DecodingException {
        if (scan.restartInterval() == 0) {
            return 0;
        }
        if (left > 0) {
            return left - 1;
        }
        bits.restart();
        Arrays.fill(lastDc, 0);
        endOfBandRun = 0;
        return scan.restartInterval() - 1;
    }

    private void block(Scan.Part part, DctImage.Plane plane, int at) throws DecodingException {
        short[] coefficients = plane.coefficients();
        switch (kind) {
            case SEQUENTIAL -> {
                coefficients[at] = (short) dc(part);
                sequentialAc(part.requireAc(), coefficients, at);
            }
            case FIRST_DC -> coefficients[at] = (short) (dc(part) << scan.low());
            case REFINED_DC -> coefficients[at] |= (short) (bits.take(1) << scan.low());
            case FIRST_AC -> firstAc(part.requireAc(), coefficients, at);
            case REFINED_AC -> refinedAc(part.requireAc(), coefficients, at);
        }
    }

    private int dc(Scan.Part part) throws DecodingException {
        int component = part.component().index();
        lastDc[component] += part.requireDc().decodeNumber(bits);
        return lastDc[component];
    }

    private void sequentialAc(HuffmanTable table, short[] coefficients, int at) throws DecodingException {
        for (int k = 1; k < 64; k++) {
            int symbol = table.decode(bits);
            int size = symbol & 15;
            int run = symbol >> 4;
            if (size == 0) {
                if (run < 15) {
                    return;
                }
                k += 15;
                continue;
            }
            k += run;
            if (k > 63) {
                throw new DecodingException("a JPEG block has more than 64 coefficients");
            }
            coefficients[at + ZigZag.ORDER[k]] = (short) bits.takeSigned(size);
        }
    }

    private void firstAc(HuffmanTable table, short[] coefficients, int at) throws DecodingException {
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        for (int k = scan.spectralStart(); k <= scan.spectralEnd(); k++) {
            int symbol = table.decode(bits);
            int size = symbol & 15;
            int run = symbol >> 4;
            if (size == 0) {
                if (run < 15) {
                    endOfBandRun = (1 << run) + bits.take(run) - 1;
                    return;
                }
                k += 15;
                continue;
            }
            k += run;
            if (k > 63) {
                throw new DecodingException("a JPEG block has more than 64 coefficients");
            }
            coefficients[at + ZigZag.ORDER[k]] = (short) (bits.takeSigned(size) << scan.low());
        }
    }

    private void refinedAc(HuffmanTable table, short[] coefficients, int at) throws DecodingException {
        int k = scan.spectralStart();
        while (k <= scan.spectralEnd() && endOfBandRun == 0) {
            int symbol = table.decode(bits);
            int run = symbol >> 4;
            int fresh = 0;
            if ((symbol & 15) != 0) {
                fresh = bits.take(1) == 1 ? 1 << scan.low() : -1 << scan.low();
            } else if (run < 15) {
                endOfBandRun = (1 << run) + bits.take(run);
                break;
            }
            k = refineRun(coefficients, at, k, run);
            if (fresh != 0 && k <= scan.spectralEnd()) {
                coefficients[at + ZigZag.ORDER[k]] = (short) fresh;
            }
            k++;
        }
        if (endOfBandRun > 0) {
            refineRun(coefficients, at, k, 64);
            endOfBandRun--;
        }
    }

    /// Refines what is not zero and passes over `run` zeros; returns where the next zero lies.
    private int refineRun(short[] coefficients, int at, int from, int run) {
        int zeros = run;
        int k = from;
        for (; k <= scan.spectralEnd(); k++) {
            int place = at + ZigZag.ORDER[k];
            if (coefficients[place] == 0) {
                if (zeros == 0) {
                    break;
                }
                zeros--;
            } else if (bits.take(1) == 1 && (Math.abs(coefficients[place]) >> scan.low() & 1) == 0) {
                coefficients[place] += (short) (coefficients[place] > 0 ? 1 << scan.low() : -(1 << scan.low()));
            }
        }
        return k;
    }
}
