package org.patchlens.image.dicom.codec.jpegls;

import java.util.Arrays;
import org.patchlens.image.dicom.codec.DecodingException;

/// Decodes the lines of a scan (T.87 annex A): each sample in the context of its neighbours, or in a run of equal
/// ones.
///
/// Lines have one sample of border on either side: index 0 lies left of the first column.
final class LineDecoder {
    /// How many samples a step of a run has, as a power of two (T.87 A.2.1, J).
    private static final int[] RUN_STEP = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private final BitReader bits;
    private final Contexts contexts;
    private final Parameters parameters;
    private final int columns;
    private final int near;
    private final int largest;
    private final byte[] gradients;
    private final int[][] current;
    private final int[][] above;
    private final int[] runIndex;

    LineDecoder(Parameters parameters, BitReader bits, int columns, int components) {
        this.parameters = parameters;
        this.bits = bits;
        this.columns = columns;
        this.near = parameters.near();
        this.largest = parameters.largest();
        this.contexts = new Contexts(parameters, bits);
        this.current = new int[components][columns + 2];
        this.above = new int[components][columns + 2];
        this.runIndex = new int[components];
        this.gradients = new byte[2 * largest + 1];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = (byte) parameters.quantize(i - largest);
        }
    }

    /// The next line of one component; valid until the next call for it.
    int[] line(int component) throws DecodingException {
        int[] line = swap(component);
        int[] up = above[component];
        int x = 1;
        while (x <= columns) {
            int context = context(line, up, x);
            if (context == 0) {
                x = run(component, x);
            } else {
                line[x] = regular(line, up, x, context);
                x++;
            }
        }
        bits.requireData();
        return line;
    }

    /// The next line of all components, decoded sample by sample.
    int[][] interleavedLine() throws DecodingException {
        int components = current.length;
        for (int c = 0; c < components; c++) {
            swap(c);
        }
        int x = 1;
        while (x <= columns) {
            boolean flat = true;
            for (int c = 0; c < components; c++) {
                flat &= context(current[c], above[c], x) == 0;
            }
            if (flat) {
                x = sharedRun(x);
                continue;
            }
            for (int c = 0; c < components; c++) {
                current[c][x] = regular(current[c], above[c], x, context(current[c], above[c], x));
            }
            x++;
        }
        bits.requireData();
        return current;
    }

    /// Makes the line before the one above and sets the borders.
    private int[] swap(int component) {
        int[] line = above[component];
        above[component] = current[component];
        current[component] = line;
        int[] up = above[component];
        up[columns + 1] = up[columns];
        line[0] = up[1];
        return line;
    }

    /// The three gradients as one number from -364 to 364; 0 begins a run.
    private int context(int[] line, int[] up, int x) {
        int corner = up[x - 1];
        int first = gradients[up[x + 1] - up[x] + largest];
        int second = gradients[up[x] - corner + largest];
        int third = gradients[corner - line[x - 1] + largest];
        return 81 * first + 9 * second + third;
    }

    private int regular(int[] line, int[] up, int x, int context) throws DecodingException {
        int sign = context >> 31 | 1;
        int prediction = predict(line[x - 1], up[x], up[x - 1]);
        int error = contexts.error(context * sign, prediction, sign);
        return restore(contexts.corrected(), sign * error);
    }

    /// The median of left, above, and the plane through the three neighbours.
    private static int predict(int left, int up, int corner) {
        int small = Math.min(left, up);
        int large = Math.max(left, up);
        if (corner >= large) {
            return small;
        }
        return corner <= small ? large : left + up - corner;
    }

    private int restore(int prediction, int error) {
        int step = 2 * near + 1;
        int value = prediction + error * step;
        if (value < -near) {
            value += parameters.range() * step;
        } else if (value > largest + near) {
            value -= parameters.range() * step;
        }
        return Math.max(0, Math.min(largest, value));
    }

    /// A run of one component from `start`; returns the first column after it and its interruption.
    private int run(int component, int start) throws DecodingException {
        int[] line = current[component];
        int end = start + runLength(component, columns - start + 1);
        Arrays.fill(line, start, end, line[start - 1]);
        if (end > columns) {
            return end;
        }
        int left = line[end - 1];
        int up = above[component][end];
        int step = RUN_STEP[runIndex[component]];
        if (Math.abs(left - up) <= near) {
            line[end] = restore(left, contexts.interruption(1, step));
        } else {
            line[end] = restore(up, contexts.interruption(0, step) * (left > up ? -1 : 1));
        }
        shorten(component);
        return end + 1;
    }

    /// A run of all components at once.
    private int sharedRun(int start) throws DecodingException {
        int end = start + runLength(0, columns - start + 1);
        for (int[] line : current) {
            Arrays.fill(line, start, end, line[start - 1]);
        }
        if (end > columns) {
            return end;
        }
        int step = RUN_STEP[runIndex[0]];
        for (int c = 0; c < current.length; c++) {
            int up = above[c][end];
            int sign = current[c][end - 1] > up ? -1 : 1;
            current[c][end] = restore(up, contexts.interruption(0, step) * sign);
        }
        shorten(0);
        return end + 1;
    }

    private void shorten(int component) {
        if (runIndex[component] > 0) {
            runIndex[component]--;
        }
    }

    /// Reads the length of a run that may reach over `most` columns.
    private int runLength(int component, int most) throws DecodingException {
        int length = 0;
        while (length < most && bits.take(1) == 1) {
            int step = 1 << RUN_STEP[runIndex[component]];
            if (step <= most - length && runIndex[component] < 31) {
                runIndex[component]++;
            }
            length += Math.min(step, most - length);
        }
        if (length == most) {
            return length;
        }
        length += bits.take(RUN_STEP[runIndex[component]]);
        if (length >= most) {
            throw new DecodingException("a JPEG-LS run leaves its line");
        }
        return length;
    }
}
