package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.Arrays;

/// The adaptive binary arithmetic decoder (T.800 annex C). Beyond its data it reads ones, as the standard says.
final class MqDecoder {
    private static final int UNIFORM_STATE = 46;
    private static final int RUN_STATE = 3;
    private static final int FIRST_STATE = 4;

    /// T.800 table C.2: the estimate of the less probable symbol.
    private static final int[] ESTIMATE = {
        0x5601, 0x3401, 0x1801, 0x0AC1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401, 0x1C01, 0x1601,
        0x5601, 0x5401, 0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1C01, 0x1801, 0x1601, 0x1401,
        0x1201, 0x1101, 0x0AC1, 0x09C1, 0x08A1, 0x0521, 0x0441, 0x02A1, 0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025,
        0x0015, 0x0009, 0x0005, 0x0001, 0x5601
    };

    /// The next state after the more probable symbol.
    private static final int[] AFTER_MORE = {
        1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46
    };

    /// The next state after the less probable symbol; negative where the symbols change roles.
    private static final int[] AFTER_LESS = {
        -1, 6, 9, 12, 29, 33, -6, 14, 14, 14, 17, 18, 20, 21, -14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 23, 24, 25,
        26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46
    };

    /// The same three tables for states with their symbols, see [#contexts].
    private static final int[] ESTIMATE_OF = new int[2 * ESTIMATE.length];

    private static final int[] LIKELY = new int[2 * ESTIMATE.length];
    private static final int[] UNLIKELY = new int[2 * ESTIMATE.length];

    static {
        for (int state = 0; state < ESTIMATE_OF.length; state++) {
            int symbol = state & 1;
            int less = AFTER_LESS[state >> 1];
            ESTIMATE_OF[state] = ESTIMATE[state >> 1];
            LIKELY[state] = AFTER_MORE[state >> 1] << 1 | symbol;
            UNLIKELY[state] = Math.abs(less) << 1 | (less < 0 ? 1 - symbol : symbol);
        }
    }

    /// For each context twice its state plus its more probable symbol.
    private final int[] contexts = new int[19];

    private byte[] data = new byte[0];
    private int position;
    private int end;
    private int code;
    private int interval;
    private int shifts;

    /// Forgets what the contexts learnt.
    void resetContexts() {
        Arrays.fill(contexts, 0);
        contexts[0] = 2 * FIRST_STATE;
        contexts[BlockDecoder.RUN_CONTEXT] = 2 * RUN_STATE;
        contexts[BlockDecoder.UNIFORM_CONTEXT] = 2 * UNIFORM_STATE;
    }

    /// Begins a codeword.
    void start(byte[] bytes, int from, int to) {
        data = bytes;
        position = from;
        end = to;
        code = byteAt(position) << 16;
        read();
        code <<= 7;
        shifts -= 7;
        interval = 0x8000;
    }

    private int byteAt(int at) {
        return at < end ? data[at] & 0xFF : 0xFF;
    }

    private void read() {
        if (byteAt(position) == 0xFF) {
            if (byteAt(position + 1) > 0x8F) {
                code += 0xFF00;
                shifts = 8;
            } else {
                position++;
                code += byteAt(position) << 9;
                shifts = 7;
            }
        } else {
            position++;
            code += byteAt(position) << 8;
            shifts = 8;
        }
    }

    /// Decodes a bit in a context.
    int decode(int context) {
        int state = contexts[context];
        int estimate = ESTIMATE_OF[state];
        interval -= estimate;
        boolean likely;
        if (code >>> 16 < estimate) {
            likely = interval < estimate;
            interval = estimate;
        } else {
            code -= estimate << 16;
            if ((interval & 0x8000) != 0) {
                return state & 1;
            }
            likely = interval >= estimate;
        }
        contexts[context] = likely ? LIKELY[state] : UNLIKELY[state];
        renormalize();
        return likely ? state & 1 : 1 - (state & 1);
    }

    /// Doubles the interval until it is at least 0x8000.
    private void renormalize() {
        int doublings = Integer.numberOfLeadingZeros(interval) - 16;
        while (doublings > shifts) {
            interval <<= shifts;
            code <<= shifts;
            doublings -= shifts;
            shifts = 0;
            read();
        }
        interval <<= doublings;
        code <<= doublings;
        shifts -= doublings;
    }
}
