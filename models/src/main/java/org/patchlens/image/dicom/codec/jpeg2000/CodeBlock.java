package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.ArrayList;
import java.util.List;

/// A code block: where it lies in its band and what packets brought for it.
final class CodeBlock {
    /// The lengths of the first packet have at least this many bits (T.800 B.10.7.1).
    private static final int FIRST_LENGTH_BITS = 3;

    final int x;
    final int y;
    final int width;
    final int height;
    final List<Segment> segments = new ArrayList<>();
    boolean included;
    int zeroPlanes;
    int lengthBits = FIRST_LENGTH_BITS;
    int passes;

    /// @param x of the left column in the band
    /// @param y of the top row in the band
    CodeBlock(int x, int y, int width, int height) {
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    /// Passes that share one codeword.
    static final class Segment {
        final int firstPass;
        final int mostPasses;
        final List<int[]> chunks = new ArrayList<>();
        int passes;
        int length;

        Segment(int firstPass, int mostPasses) {
            this.firstPass = firstPass;
            this.mostPasses = mostPasses;
        }
    }

    /// The segment that the next pass belongs to.
    Segment segment(Coding coding) {
        if (!segments.isEmpty() && segments.getLast().passes < segments.getLast().mostPasses) {
            return segments.getLast();
        }
        Segment next = new Segment(passes, most(coding));
        segments.add(next);
        return next;
    }

    /// How many passes a segment that starts now has at most (T.800 table D.9).
    private int most(Coding coding) {
        if (coding.has(Coding.TERMINATE_ALL)) {
            return 1;
        }
        if (!coding.has(Coding.BYPASS)) {
            return Integer.MAX_VALUE;
        }
        if (passes < 10) {
            return 10 - passes;
        }
        return passes % 3 == 0 ? 1 : 2 - (passes + 2) % 3;
    }
}
