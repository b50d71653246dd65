package org.patchlens.neighbor;

import java.util.List;
import java.util.function.DoubleConsumer;
import org.patchlens.tensor.BlockScan;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.TaskPool;

/// The nearest neighbours of all points, block by block: those of a block are compared with the nearest other
/// blocks first, and with ever fewer as the neighbours come nearer that they have found.
///
/// The comparisons are in single precision and choose candidates, a few more than asked for.
///
/// @param space in which the points are ranked at last
/// @param blocks of all points
/// @param reaches what is compared, one after the other; nothing is compared twice
/// @param pool to work with
record BlockSearch(PointSpace space, PointBlocks blocks, List<Reach> reaches, TaskPool pool) {
    private static final BlockScan SCAN = BlockScan.chosen();

    /// @param k at most the number of points less 1
    /// @param progress told the share that is done, 0 to 1; whatever it throws ends the work
    NeighborGraph graph(int k, DoubleConsumer progress) {
        int points = space.rows().rows();
        int[] neighbors = new int[Math.multiplyExact(points, k)];
        FloatMatrix distances = FloatMatrix.zeros(points, k);
        int kept = Math.min(points - 1, k + PointSpace.SPARE);
        int count = blocks.count();
        int step = Math.max(16, count / 64);
        for (int first = 0; first < count; first += step) {
            int from = first;
            progress.accept((double) first / count);
            pool.forEach(Math.min(step, count - first), task -> {
                Candidates found = new BlockQuery(from + task, kept).run();
                int[] members = blocks.block(from + task).members();
                for (int i = 0; i < members.length; i++) {
                    space.write(members[i], found.nearest(i), neighbors, distances);
                }
            });
        }
        return new NeighborGraph(neighbors, distances);
    }

    /// One block on its way.
    private final class BlockQuery {
        private final PointBlock block;
        private final int dimensions;
        private final int[] order;
        private final Candidates candidates;
        private final Query query;
        private final BlockScan.Rows rows;
        private final BlockScan.Hits hits = BlockScan.Hits.room();
        private final int[] picks;

        BlockQuery(int number, int kept) {
            block = blocks.block(number);
            dimensions = block.rows().length / block.size();
            candidates = new Candidates(block.size(), kept);
            query = new Query(number, blocks);
            order = blocks.nearestFirst(number, query.distances());
            rows = new BlockScan.Rows(block.negated(), new int[BlockScan.HEIGHT], new float[BlockScan.HEIGHT]);
            picks = new int[block.size()];
        }

        Candidates run() {
            for (Reach reach : reaches) {
                for (int other : order) {
                    int count = reach.pick(query, other, picks);
                    if (count > 0) {
                        compare(other, count);
                        query.finish(other, picks, count, candidates.limits());
                    }
                }
            }
            return candidates;
        }

        private void compare(int other, int count) {
            PointBlock others = blocks.block(other);
            for (int from = 0; from < count; from += BlockScan.HEIGHT) {
                int some = Math.min(BlockScan.HEIGHT, count - from);
                for (int i = 0; i < BlockScan.HEIGHT; i++) {
                    int row = picks[from + Math.min(i, some - 1)];
                    rows.starts()[i] = row * dimensions;
                    rows.limits()[i] = candidates.limits()[row];
                }
                for (int panel = 0; panel < others.panels().length; panel++) {
                    SCAN.scan(rows, others.panels()[panel], hits);
                    for (int i = 0; i < some; i++) {
                        if (hits.marks()[i] != 0) {
                            offer(picks[from + i], i, others.members(), panel * BlockScan.WIDTH);
                        }
                    }
                }
            }
        }

        private void offer(int row, int place, int[] members, int first) {
            int own = block.members()[row];
            for (long marks = hits.marks()[place]; marks != 0; marks &= marks - 1) {
                int bit = Long.numberOfTrailingZeros(marks);
                int point = members[first + bit];
                if (point != own) {
                    candidates.offer(row, hits.scores()[place * BlockScan.WIDTH + bit], point);
                }
            }
        }
    }
}
