package org.patchlens.tensor;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Four rows with two vectors of 8 points at a time: 8 sums, which stay in the 16 registers of the processor.
/// Written out for the reason that stands at [BlockScanOf16].
record BlockScanOf8() implements BlockScan {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

    @Override
    public void scan(Rows rows, Block block, Hits hits) {
        Arrays.fill(hits.marks(), 0);
        for (int at = 0; at < WIDTH; at += 16) {
            for (int row = 0; row < HEIGHT; row += 4) {
                scan(rows, block, hits, row * WIDTH + at);
            }
        }
    }

    /// @param place of the first row and point among the scores
    private static void scan(Rows rows, Block block, Hits hits, int place) {
        int first = place / WIDTH;
        int point = place % WIDTH;
        float[] a = rows.values();
        float[] b = block.values();
        int start0 = rows.starts()[first];
        int start1 = rows.starts()[first + 1];
        int start2 = rows.starts()[first + 2];
        int start3 = rows.starts()[first + 3];
        FloatVector halfA = FloatVector.fromArray(FLOATS, block.halves(), point);
        FloatVector halfB = FloatVector.fromArray(FLOATS, block.halves(), point + 8);
        FloatVector sum0a = halfA;
        FloatVector sum0b = halfB;
        FloatVector sum1a = halfA;
        FloatVector sum1b = halfB;
        FloatVector sum2a = halfA;
        FloatVector sum2b = halfB;
        FloatVector sum3a = halfA;
        FloatVector sum3b = halfB;
        int dimensions = b.length / WIDTH;
        for (int i = 0; i < dimensions; i++) {
            FloatVector pointA = FloatVector.fromArray(FLOATS, b, i * WIDTH + point);
            FloatVector pointB = FloatVector.fromArray(FLOATS, b, i * WIDTH + point + 8);
            FloatVector value = FloatVector.broadcast(FLOATS, a[start0 + i]);
            sum0a = value.fma(pointA, sum0a);
            sum0b = value.fma(pointB, sum0b);
            value = FloatVector.broadcast(FLOATS, a[start1 + i]);
            sum1a = value.fma(pointA, sum1a);
            sum1b = value.fma(pointB, sum1b);
            value = FloatVector.broadcast(FLOATS, a[start2 + i]);
            sum2a = value.fma(pointA, sum2a);
            sum2b = value.fma(pointB, sum2b);
            value = FloatVector.broadcast(FLOATS, a[start3 + i]);
            sum3a = value.fma(pointA, sum3a);
            sum3b = value.fma(pointB, sum3b);
        }
        sum0a.intoArray(hits.scores(), place);
        sum0b.intoArray(hits.scores(), place + 8);
        hits.marks()[first] |= (marks(sum0a, rows.limits()[first]) | marks(sum0b, rows.limits()[first]) << 8) << point;
        sum1a.intoArray(hits.scores(), place + WIDTH);
        sum1b.intoArray(hits.scores(), place + WIDTH + 8);
        hits.marks()[first + 1] |=
                (marks(sum1a, rows.limits()[first + 1]) | marks(sum1b, rows.limits()[first + 1]) << 8) << point;
        sum2a.intoArray(hits.scores(), place + 2 * WIDTH);
        sum2b.intoArray(hits.scores(), place + 2 * WIDTH + 8);
        hits.marks()[first + 2] |=
                (marks(sum2a, rows.limits()[first + 2]) | marks(sum2b, rows.limits()[first + 2]) << 8) << point;
        sum3a.intoArray(hits.scores(), place + 3 * WIDTH);
        sum3b.intoArray(hits.scores(), place + 3 * WIDTH + 8);
        hits.marks()[first + 3] |=
                (marks(sum3a, rows.limits()[first + 3]) | marks(sum3b, rows.limits()[first + 3]) << 8) << point;
    }

    private static long marks(FloatVector scores, float limit) {
        return scores.compare(VectorOperators.LE, limit).toLong();
    }
}
