package org.patchlens.neighbor;

import java.util.Arrays;

/// A block whose points look for their neighbours, and what is still to be compared. One thread at a time.
final class Query {
    /// The radius of a point that has seen too few others to have one; its square is finite.
    private static final float FAR = 1e18f;

    private final int number;
    private final PointBlock block;
    private final float[] products;
    private final float[] own;
    private final float[] distances;
    private final float[] radii;
    private float farthest = FAR;

    Query(int number, PointBlocks blocks) {
        this.number = number;
        block = blocks.block(number);
        products = blocks.products(number);
        own = Arrays.copyOfRange(products, number * block.size(), (number + 1) * block.size());
        distances = blocks.distances(number);
        radii = new float[block.size()];
        Arrays.fill(radii, FAR);
    }

    /// The number of the block.
    int number() {
        return number;
    }

    /// The block itself.
    PointBlock block() {
        return block;
    }

    /// The products of all centres with the points, `float[blocks][size]`; NaN for those that have been compared.
    float[] products() {
        return products;
    }

    /// The products of the block's own centre with its points.
    float[] own() {
        return own;
    }

    /// The distances of the block's centre to all centres.
    float[] distances() {
        return distances;
    }

    /// The distance of each point beyond which it has no neighbours, as far as it knows.
    float[] radii() {
        return radii;
    }

    /// The largest of the radii.
    float farthest() {
        return farthest;
    }

    /// Some points have been compared with a block, and know more.
    ///
    /// @param limits of all points' scores, see [org.patchlens.tensor.BlockScan]
    void finish(int other, int[] picks, int count, float[] limits) {
        for (int i = 0; i < count; i++) {
            int point = picks[i];
            products[other * block.size() + point] = Float.NaN;
            double square = block.squares()[point] + 2.0 * limits[point];
            radii[point] = (float) Math.min(FAR, Math.sqrt(Math.max(0, square)));
        }
        farthest = 0;
        for (float radius : radii) {
            farthest = Math.max(farthest, radius);
        }
    }
}
