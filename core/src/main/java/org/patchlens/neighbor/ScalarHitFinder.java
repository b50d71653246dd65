package org.patchlens.neighbor;

/// One distance at a time.
record ScalarHitFinder() implements HitFinder {
    @Override
    public int next(float[] distances, int offset, int from, int columns, float rowLimit, float[] columnLimits) {
        for (int column = from; column < columns; column++) {
            float distance = distances[offset + column];
            if (distance <= rowLimit || distance <= columnLimits[column]) {
                return column;
            }
        }
        return columns;
    }
}
