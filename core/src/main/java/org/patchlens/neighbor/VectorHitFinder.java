package org.patchlens.neighbor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// As many distances at a time as a vector holds.
record VectorHitFinder() implements HitFinder {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ScalarHitFinder REST = new ScalarHitFinder();

    @Override
    public int next(float[] distances, int offset, int from, int columns, float rowLimit, float[] columnLimits) {
        FloatVector row = FloatVector.broadcast(SPECIES, rowLimit);
        int column = from;
        for (; column + SPECIES.length() <= columns; column += SPECIES.length()) {
            FloatVector limit =
                    FloatVector.fromArray(SPECIES, columnLimits, column).max(row);
            VectorMask<Float> hits =
                    FloatVector.fromArray(SPECIES, distances, offset + column).compare(VectorOperators.LE, limit);
            if (hits.anyTrue()) {
                return column + hits.firstTrue();
            }
        }
        return REST.next(distances, offset, column, columns, rowLimit, columnLimits);
    }
}
