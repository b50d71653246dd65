package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockScanTest {
    private static final int POINTS = 50;

    /// Bit by bit: each score is one chain of fused multiply-adds in all forms.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 50})
    void allFormsFindTheSame(int dimensions) {
        FloatMatrix points = RandomMatrix.normal(POINTS, dimensions, 1);
        BlockScan.Block block = block(points);
        BlockScan.Rows rows = rows(dimensions);
        BlockScan.Hits expected = BlockScan.Hits.room();
        new PlainBlockScan().scan(rows, block, expected);
        assertThat(Arrays.stream(expected.marks()).map(Long::bitCount).sum()).isBetween(1L, 8L * POINTS - 1);
        for (BlockScan scan : List.of(new BlockScanOf8(), new BlockScanOf16())) {
            BlockScan.Hits found = BlockScan.Hits.room();
            Arrays.fill(found.marks(), -1);
            scan.scan(rows, block, found);
            assertThat(found.scores()).isEqualTo(expected.scores());
            assertThat(found.marks()).isEqualTo(expected.marks());
        }
    }

    /// Half the squared distance but for the row's own length; places without a point are never marked.
    @ParameterizedTest
    @ValueSource(ints = {3, 50})
    void aScoreIsHalfTheSquaredDistance(int dimensions) {
        FloatMatrix points = RandomMatrix.normal(POINTS, dimensions, 1);
        BlockScan.Rows rows = rows(dimensions);
        BlockScan.Hits hits = BlockScan.Hits.room();
        BlockScan.chosen().scan(rows, block(points), hits);
        for (int row = 0; row < BlockScan.HEIGHT; row++) {
            for (int point = 0; point < POINTS; point++) {
                double own = 0;
                double square = 0;
                for (int i = 0; i < dimensions; i++) {
                    double value = -rows.values()[rows.starts()[row] + i];
                    own += value * value;
                    square += (value - points.get(point, i)) * (value - points.get(point, i));
                }
                float score = hits.scores()[row * BlockScan.WIDTH + point];
                // the rounding of D additions of numbers that are below the sum of both squared lengths
                assertThat((double) score).isEqualTo((square - own) / 2, within(dimensions * 0x1p-22 * (own + square)));
                assertThat(hits.marks()[row] >>> point & 1).isEqualTo(score <= rows.limits()[row] ? 1 : 0);
            }
            assertThat(hits.marks()[row] >>> POINTS).isZero();
        }
    }

    private static BlockScan.Block block(FloatMatrix points) {
        BlockScan.Block block = BlockScan.Block.empty(points.columns());
        for (int point = 0; point < points.rows(); point++) {
            block.put(point, points.rowToArray(point), Kernels.squaredNorm(points, point) / 2);
        }
        return block;
    }

    /// Not in their order, one of them twice; the last takes every point.
    private static BlockScan.Rows rows(int dimensions) {
        FloatMatrix rows = RandomMatrix.normal(BlockScan.HEIGHT, dimensions, 2);
        int[] starts = {3, 0, 1, 7, 7, 2, 6, 5};
        float[] limits = {-1, 0, 0.5f, 1, 2, -3, 4, Float.POSITIVE_INFINITY};
        for (int i = 0; i < starts.length; i++) {
            starts[i] *= dimensions;
        }
        return new BlockScan.Rows(rows.segment().toArray(FloatMatrix.FLOAT), starts, limits);
    }
}
