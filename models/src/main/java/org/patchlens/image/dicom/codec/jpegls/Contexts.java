package org.patchlens.image.dicom.codec.jpegls;

import java.util.Arrays;
import org.patchlens.image.dicom.codec.DecodingException;

/// What was learnt about prediction errors in each context (T.87 A.4 to A.7).
final class Contexts {
    private static final int REGULAR = 365;
    private static final int LARGEST_BIAS = 127;
    private static final int SMALLEST_BIAS = -128;

    private final BitReader bits;
    private final int largest;
    private final int near;
    private final int limit;
    private final int errorBits;
    private final int reset;

    /// Sums of the sizes of errors, sums of errors, corrections, and counts; the two run contexts stand at the
    /// end.
    private final int[] sizes = new int[REGULAR + 2];

    private final int[] sums = new int[REGULAR];
    private final int[] biases = new int[REGULAR];
    private final int[] counts = new int[REGULAR + 2];
    private final int[] negatives = new int[2];
    private int corrected;

    Contexts(Parameters parameters, BitReader bits) {
        this.bits = bits;
        this.largest = parameters.largest();
        this.near = parameters.near();
        this.limit = parameters.limit();
        this.errorBits = parameters.errorBits();
        this.reset = parameters.reset();
        Arrays.fill(sizes, Math.max(2, (parameters.range() + 32) / 64));
        Arrays.fill(counts, 1);
    }

    /// The prediction that the last error belongs to.
    int corrected() {
        return corrected;
    }

    /// Reads an error in a context and corrects the prediction by what the context knows.
    int error(int context, int prediction, int sign) throws DecodingException {
        corrected = Math.max(0, Math.min(largest, prediction + sign * biases[context]));
        int k = parameter(counts[context], sizes[context]);
        int mapped = golomb(k, limit);
        boolean swapped = near == 0 && k == 0 && 2 * sums[context] <= -counts[context];
        int error = mapped >> 1 ^ -(mapped & 1);
        if (swapped) {
            error = ~error;
        }
        learn(context, error);
        return error;
    }

    private void learn(int context, int error) {
        sums[context] += error * (2 * near + 1);
        sizes[context] += Math.abs(error);
        if (counts[context] == reset) {
            sizes[context] >>= 1;
            sums[context] = sums[context] >= 0 ? sums[context] >> 1 : -((1 - sums[context]) >> 1);
            counts[context] >>= 1;
        }
        int count = ++counts[context];
        if (sums[context] <= -count) {
            sums[context] = Math.max(sums[context] + count, 1 - count);
            biases[context] = Math.max(biases[context] - 1, SMALLEST_BIAS);
        } else if (sums[context] > 0) {
            sums[context] = Math.min(sums[context] - count, 0);
            biases[context] = Math.min(biases[context] + 1, LARGEST_BIAS);
        }
    }

    /// Reads the error of the sample that interrupts a run.
    ///
    /// @param kind 1 if the samples left and above are alike, else 0
    /// @param step the power of two of the run's last step
    int interruption(int kind, int step) throws DecodingException {
        int context = REGULAR + kind;
        int size = kind == 0 ? sizes[context] : sizes[context] + (counts[context] >> 1);
        int k = parameter(counts[context], size);
        int mapped = golomb(k, limit - step - 1);
        int sum = mapped + kind;
        int magnitude = (sum + 1) >> 1;
        boolean manyNegative = k != 0 || 2 * negatives[kind] >= counts[context];
        int error = manyNegative == ((sum & 1) == 1) ? -magnitude : magnitude;
        if (error < 0) {
            negatives[kind]++;
        }
        sizes[context] += (mapped + 1 - kind) >> 1;
        if (counts[context] == reset) {
            sizes[context] >>= 1;
            counts[context] >>= 1;
            negatives[kind] >>= 1;
        }
        counts[context]++;
        return error;
    }

    private static int parameter(int count, int size) throws DecodingException {
        int k = 0;
        while (k <= 16 && count << k < size) {
            k++;
        }
        if (k > 16) {
            throw new DecodingException("the JPEG-LS data are damaged");
        }
        return k;
    }

    /// A Golomb code of limited length (T.87 A.5.3).
    private int golomb(int k, int longest) throws DecodingException {
        int most = longest - errorBits - 1;
        int high = bits.zeros(most);
        if (high < most) {
            return (high << k) + bits.take(k);
        }
        if (high > most) {
            throw new DecodingException("the JPEG-LS data hold a code that is too long");
        }
        return bits.take(errorBits) + 1;
    }
}
