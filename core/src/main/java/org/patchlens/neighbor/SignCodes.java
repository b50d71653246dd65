package org.patchlens.neighbor;

import java.util.Arrays;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.StoredRows;

/// The signs of rows, one bit per number: from how many of them differ follows about how far two directions are
/// apart (Charikar 2002, "Similarity estimation techniques from rounding algorithms").
///
/// A tenth of the bytes of a row and less tell which points a walk need not look at. What is found is ranked by
/// products all the same: the codes can make it miss a point, and nothing else.
public final class SignCodes {
    /// How many standard deviations of the estimate a point may seem too far away and is looked at nevertheless:
    /// with 768 signs 0.5 % fewer of the ten nearest are found than with all products, with 2 none fewer.
    private static final double MARGIN = 1;
    /// Of fewer signs too few say something.
    private static final int FEWEST_BITS = 128;

    private final int bits;
    private final int words;
    private final long[] codes;

    private SignCodes(int bits, int words, long[] codes) {
        this.bits = bits;
        this.words = words;
        this.codes = codes;
    }

    /// The codes of rows.
    public static SignCodes of(StoredRows rows) {
        int words = Math.ceilDiv(rows.columns(), Long.SIZE);
        long[] codes = new long[Math.multiplyExact(rows.rows(), words)];
        for (int row = 0; row < rows.rows(); row++) {
            write(rows.rows(row, row + 1).toArray(), codes, row * words);
        }
        return new SignCodes(rows.columns(), words, codes);
    }

    private static void write(float[] numbers, long[] codes, int at) {
        for (int from = 0; from < numbers.length; from += Long.SIZE) {
            long word = 0;
            int to = Math.min(numbers.length, from + Long.SIZE);
            for (int i = from; i < to; i++) {
                word |= (long) (Float.floatToRawIntBits(numbers[i]) >>> 31) << i;
            }
            codes[at + from / Long.SIZE] = word;
        }
    }

    /// The code of a query.
    long[] code(ScanVector query) {
        long[] code = new long[words];
        write(query.toArray(), code, 0);
        return code;
    }

    /// In how many signs a row differs from a query.
    int differences(int row, long[] query) {
        int count = 0;
        int at = row * words;
        for (int i = 0; i < query.length; i++) {
            count += Long.bitCount(codes[at + i] ^ query[i]);
        }
        return count;
    }

    /// The most differences of a row whose cosine with a query may be above a limit: of directions at an angle a,
    /// each sign differs with probability a / pi.
    int mostDifferences(float limit) {
        if (bits < FEWEST_BITS) {
            return bits;
        }
        double expected = Math.acos(Math.clamp(limit, -1f, 1f)) / Math.PI;
        return (int) Math.ceil(bits * expected + MARGIN * Math.sqrt(bits * expected * (1 - expected)));
    }

    @Override
    public String toString() {
        return "SignCodes[" + codes.length / words + " x " + bits + " bits, " + Arrays.hashCode(codes) + "]";
    }
}
