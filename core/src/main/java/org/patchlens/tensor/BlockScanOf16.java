package org.patchlens.tensor;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Eight rows with two vectors of 16 points at a time: 16 sums, which stay in the 32 registers of the processor.
///
/// Written out sum by sum: an array of vectors would be kept in memory, at several times the cost of the products.
record BlockScanOf16() implements BlockScan {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

    @Override
    public void scan(Rows rows, Block block, Hits hits) {
        Arrays.fill(hits.marks(), 0);
        for (int point = 0; point < WIDTH; point += 32) {
            scan(rows, block, hits, point);
        }
    }

    private static void scan(Rows rows, Block block, Hits hits, int point) {
        float[] a = rows.values();
        float[] b = block.values();
        int start0 = rows.starts()[0];
        int start1 = rows.starts()[1];
        int start2 = rows.starts()[2];
        int start3 = rows.starts()[3];
        int start4 = rows.starts()[4];
        int start5 = rows.starts()[5];
        int start6 = rows.starts()[6];
        int start7 = rows.starts()[7];
        FloatVector halfA = FloatVector.fromArray(FLOATS, block.halves(), point);
        FloatVector halfB = FloatVector.fromArray(FLOATS, block.halves(), point + 16);
        FloatVector sum0a = halfA;
        FloatVector sum0b = halfB;
        FloatVector sum1a = halfA;
        FloatVector sum1b = halfB;
        FloatVector sum2a = halfA;
        FloatVector sum2b = halfB;
        FloatVector sum3a = halfA;
        FloatVector sum3b = halfB;
        FloatVector sum4a = halfA;
        FloatVector sum4b = halfB;
        FloatVector sum5a = halfA;
        FloatVector sum5b = halfB;
        FloatVector sum6a = halfA;
        FloatVector sum6b = halfB;
        FloatVector sum7a = halfA;
        FloatVector sum7b = halfB;
        int dimensions = b.length / WIDTH;
        for (int i = 0; i < dimensions; i++) {
            FloatVector pointA = FloatVector.fromArray(FLOATS, b, i * WIDTH + point);
            FloatVector pointB = FloatVector.fromArray(FLOATS, b, i * WIDTH + point + 16);
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
            value = FloatVector.broadcast(FLOATS, a[start4 + i]);
            sum4a = value.fma(pointA, sum4a);
            sum4b = value.fma(pointB, sum4b);
            value = FloatVector.broadcast(FLOATS, a[start5 + i]);
            sum5a = value.fma(pointA, sum5a);
            sum5b = value.fma(pointB, sum5b);
            value = FloatVector.broadcast(FLOATS, a[start6 + i]);
            sum6a = value.fma(pointA, sum6a);
            sum6b = value.fma(pointB, sum6b);
            value = FloatVector.broadcast(FLOATS, a[start7 + i]);
            sum7a = value.fma(pointA, sum7a);
            sum7b = value.fma(pointB, sum7b);
        }
        sum0a.intoArray(hits.scores(), point);
        sum0b.intoArray(hits.scores(), point + 16);
        hits.marks()[0] |= (marks(sum0a, rows.limits()[0]) | marks(sum0b, rows.limits()[0]) << 16) << point;
        sum1a.intoArray(hits.scores(), 1 * WIDTH + point);
        sum1b.intoArray(hits.scores(), 1 * WIDTH + point + 16);
        hits.marks()[1] |= (marks(sum1a, rows.limits()[1]) | marks(sum1b, rows.limits()[1]) << 16) << point;
        sum2a.intoArray(hits.scores(), 2 * WIDTH + point);
        sum2b.intoArray(hits.scores(), 2 * WIDTH + point + 16);
        hits.marks()[2] |= (marks(sum2a, rows.limits()[2]) | marks(sum2b, rows.limits()[2]) << 16) << point;
        sum3a.intoArray(hits.scores(), 3 * WIDTH + point);
        sum3b.intoArray(hits.scores(), 3 * WIDTH + point + 16);
        hits.marks()[3] |= (marks(sum3a, rows.limits()[3]) | marks(sum3b, rows.limits()[3]) << 16) << point;
        sum4a.intoArray(hits.scores(), 4 * WIDTH + point);
        sum4b.intoArray(hits.scores(), 4 * WIDTH + point + 16);
        hits.marks()[4] |= (marks(sum4a, rows.limits()[4]) | marks(sum4b, rows.limits()[4]) << 16) << point;
        sum5a.intoArray(hits.scores(), 5 * WIDTH + point);
        sum5b.intoArray(hits.scores(), 5 * WIDTH + point + 16);
        hits.marks()[5] |= (marks(sum5a, rows.limits()[5]) | marks(sum5b, rows.limits()[5]) << 16) << point;
        sum6a.intoArray(hits.scores(), 6 * WIDTH + point);
        sum6b.intoArray(hits.scores(), 6 * WIDTH + point + 16);
        hits.marks()[6] |= (marks(sum6a, rows.limits()[6]) | marks(sum6b, rows.limits()[6]) << 16) << point;
        sum7a.intoArray(hits.scores(), 7 * WIDTH + point);
        sum7b.intoArray(hits.scores(), 7 * WIDTH + point + 16);
        hits.marks()[7] |= (marks(sum7a, rows.limits()[7]) | marks(sum7b, rows.limits()[7]) << 16) << point;
    }

    private static long marks(FloatVector scores, float limit) {
        return scores.compare(VectorOperators.LE, limit).toLong();
    }
}
