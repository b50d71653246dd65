package org.patchlens.neighbor;

import java.util.Arrays;
import org.patchlens.tensor.TaskPool;

/// Compares whatever cannot be proved to be too far away.
///
/// Two proofs are tried. Along the line from the centre of its block to the centre of the other, a point lies so
/// far before the first of the other's points. And it lies so far outside of the ball around the other's points.
@SuppressWarnings("ArrayRecordComponent") // never compared
record CertainReach(PointBlocks blocks, float[][] firsts, float[] radii, float rounding) implements Reach {
    /// Covers the rounding of sums of distances.
    private static final float SLIGHTLY_MORE = 1.00001f;

    static CertainReach of(PointBlocks blocks, int dimensions, TaskPool pool) {
        float[][] firsts = new float[blocks.count()][];
        float[] radii = new float[blocks.count()];
        float[] longest = new float[blocks.count()];
        pool.forEach(blocks.count(), i -> {
            PointBlock block = blocks.block(i);
            float[] products = blocks.products(i);
            firsts[i] = firsts(i, block.size(), products);
            for (int point = 0; point < block.size(); point++) {
                float square = block.squares()[point] + 2 * (blocks.half(i) - products[i * block.size() + point]);
                radii[i] = Math.max(radii[i], square);
                longest[i] = Math.max(longest[i], block.squares()[point]);
            }
        });
        float most = 0;
        for (float square : longest) {
            most = Math.max(most, square);
        }
        // each of the products and scores that a proof is made of is wrong by a quarter of this at most
        float rounding = (dimensions + 2) * 0x1p-22f * most;
        for (int i = 0; i < radii.length; i++) {
            radii[i] = (float) Math.sqrt(Math.max(0, radii[i]) + rounding);
        }
        return new CertainReach(blocks, firsts, radii, rounding);
    }

    /// Where the first point of a block lies on the way from the centre of each other block to its own, times the
    /// distance of the centres.
    private static float[] firsts(int own, int size, float[] products) {
        float[] firsts = new float[products.length / size];
        Arrays.fill(firsts, Float.POSITIVE_INFINITY);
        for (int other = 0; other < firsts.length; other++) {
            for (int point = 0; point < size; point++) {
                firsts[other] = Math.min(firsts[other], products[own * size + point] - products[other * size + point]);
            }
        }
        return firsts;
    }

    @Override
    public int pick(Query query, int other, int[] picks) {
        float distance = query.distances()[other];
        float farthest = (float) Math.sqrt((double) query.farthest() * query.farthest() + rounding);
        if (distance > (farthest + radii[other] + radii[query.number()]) * SLIGHTLY_MORE) {
            return 0;
        }
        float first = firsts[other][query.number()] - rounding;
        float ball = blocks.half(other) - radii[other] * radii[other] / 2 - rounding;
        float[] squares = query.block().squares();
        float[] own = query.own();
        float[] least = new float[own.length];
        for (int i = 0; i < least.length; i++) {
            float radius = query.radii()[i];
            float beforeFirst = first + own[i] - distance * radius;
            float outside = ball + (squares[i] - radius * radius) / 2 - radii[other] * radius;
            least[i] = Math.max(beforeFirst, outside);
        }
        return Reach.pick(query.products(), other * least.length, least, picks);
    }
}
