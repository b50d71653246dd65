package org.patchlens.analysis.projection.tsne;

import java.util.ArrayList;
import java.util.List;

/// The discrete Fourier transform of the columns of a panel, of lengths that are products of 2 and 3: Stockham's
/// self-sorting form, stages of radix 4, then 2, then 3. The inverse is not divided by the length.
final class FourierTransform {
    private final int length;
    private final List<FourierStage> stages = new ArrayList<>();

    /// @param length 2^a 3^b
    FourierTransform(int length) {
        this.length = length;
        int rest = length;
        int stride = 1;
        for (int radix : new int[] {4, 2, 3}) {
            while (rest % radix == 0) {
                stages.add(FourierStage.of(radix, rest, stride));
                rest /= radix;
                stride *= radix;
            }
        }
        if (rest != 1) {
            throw new IllegalArgumentException("a transform of length " + length);
        }
    }

    /// The smallest length that can be transformed, is a multiple of 4, and is not below this.
    static int lengthFor(int atLeast) {
        int best = Math.max(4, Integer.highestOneBit(Math.max(1, atLeast - 1)) * 2);
        for (int odd = 3; odd < best; odd *= 3) {
            int candidate = 4 * odd;
            while (candidate < atLeast) {
                candidate *= 2;
            }
            best = Math.min(best, candidate);
        }
        return best;
    }

    /// The number of complex numbers of a column.
    int length() {
        return length;
    }

    /// e^(-2 pi i j k / length) summed over the numbers j of each column.
    void forward(FourierPanel panel) {
        for (FourierStage stage : stages) {
            panel.run(stage, false);
        }
    }

    /// As [#forward] with the other sign.
    void inverse(FourierPanel panel) {
        for (FourierStage stage : stages) {
            panel.run(stage, true);
        }
    }
}
