package org.patchlens.neighbor;

/// Compares a point with the blocks whose centres are not much farther from it than its neighbours.
///
/// @param blocks of all points
/// @param factor the distance of such a centre, squared, as a multiple of the squared distance of the farthest
///     neighbour
record LikelyReach(PointBlocks blocks, float factor) implements Reach {
    @Override
    public int pick(Query query, int other, int[] picks) {
        float half = blocks.half(other);
        float[] squares = query.block().squares();
        float[] radii = query.radii();
        float[] least = new float[radii.length];
        for (int i = 0; i < least.length; i++) {
            least[i] = half + (squares[i] - factor * radii[i] * radii[i]) / 2;
        }
        return Reach.pick(query.products(), other * least.length, least, picks);
    }
}
