package org.patchlens.neighbor;

import java.util.Arrays;
import org.patchlens.tensor.BlockScan;
import org.patchlens.tensor.DoubleDistance;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.MatrixProduct;
import org.patchlens.tensor.Panel;
import org.patchlens.tensor.TaskPool;

/// Points in blocks of the same size, each of which holds points that are near to each other.
final class PointBlocks {
    /// So many blocks at most: a table has an entry for every pair of them.
    private static final int MOST_BLOCKS = 4096;

    private static final DoubleDistance DISTANCE = DoubleDistance.chosen();

    private final FloatMatrix prepared;
    private final PointBlock[] blocks;
    private final FloatMatrix centers;
    private final float[] halves;

    private PointBlocks(FloatMatrix prepared, int count) {
        this.prepared = prepared;
        blocks = new PointBlock[count];
        centers = FloatMatrix.zeros(count, prepared.columns() - 2);
        halves = new float[count];
    }

    /// @param prepared see [PointSpace#prepared]
    static PointBlocks of(FloatMatrix prepared, TaskPool pool) {
        int points = prepared.rows();
        int panels = Math.ceilDiv(points, MOST_BLOCKS * BlockScan.WIDTH);
        int size = panels * BlockScan.WIDTH;
        int[] order = BlockOrder.of(prepared, size, pool);
        PointBlocks all = new PointBlocks(prepared, Math.ceilDiv(points, size));
        pool.forEach(all.blocks.length, i -> {
            int[] members = Arrays.copyOfRange(order, i * size, Math.min(points, (i + 1) * size));
            Arrays.sort(members);
            all.blocks[i] = PointBlock.of(prepared, members);
            all.halves[i] = (float) (all.blocks[i].writeCenter(all.centers.row(i)) / 2);
        });
        return all;
    }

    int count() {
        return blocks.length;
    }

    PointBlock block(int number) {
        return blocks[number];
    }

    /// Half the squared length of a centre.
    float half(int block) {
        return halves[block];
    }

    /// The products of all centres with the points of a block, `float[count][size of the block]`.
    float[] products(int block) {
        int size = blocks[block].size();
        float[] products = new float[count() * size];
        MatrixProduct.multiply(
                Panel.of(centers),
                Panel.of(blocks[block].rows(), size, centers.columns()).transpose(),
                Panel.of(products, count(), size));
        return products;
    }

    /// The distances of a block's centre to all centres.
    float[] distances(int block) {
        int[] all = new int[count()];
        Arrays.setAll(all, i -> i);
        double[] squares = new double[count()];
        DISTANCE.squared(centers.rowToArray(block), centers, all, squares);
        float[] distances = new float[count()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = (float) Math.sqrt(squares[i]);
        }
        return distances;
    }

    /// The block of every point.
    int[] blockOfEach() {
        int[] blockOf = new int[prepared.rows()];
        for (int i = 0; i < blocks.length; i++) {
            for (int point : blocks[i].members()) {
                blockOf[point] = i;
            }
        }
        return blockOf;
    }

    /// The squared distance of two points.
    double squaredDistance(int a, int b) {
        return squared(prepared.rowToArray(a), prepared.rowToArray(b));
    }

    /// The squared distance of a point to the centre of a block.
    double squaredDistanceToCenter(int point, int block) {
        return squared(prepared.rowToArray(point), centers.rowToArray(block));
    }

    private double squared(float[] a, float[] b) {
        double square = 0;
        for (int i = 0; i < centers.columns(); i++) {
            double difference = (double) a[i] - b[i];
            square += difference * difference;
        }
        return square;
    }

    /// All blocks, those with the nearest centres first and the block itself before all others.
    int[] nearestFirst(int block, float[] distances) {
        long[] keys = new long[distances.length];
        Arrays.setAll(keys, other -> Candidates.key(other == block ? -1 : distances[other], other));
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
