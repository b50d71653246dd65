package org.patchlens.neighbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Kernels;
import org.patchlens.tensor.RandomMatrix;
import org.patchlens.tensor.ScanVector;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StoredRows;
import org.patchlens.tensor.TaskPool;

class SignCodesTest {
    private static final int POINTS = 2000;
    private static final int DIMENSIONS = 200;

    /// Forty groups of directions at length 1.
    private static StoredRows clustered() {
        FloatMatrix centers = RandomMatrix.normal(40, DIMENSIONS, 1);
        FloatMatrix rows = RandomMatrix.normal(POINTS, DIMENSIONS, 2);
        for (int row = 0; row < POINTS; row++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                rows.set(row, i, rows.get(row, i) + centers.get(row % 40, i));
            }
            float norm = Kernels.norm(rows, row);
            for (int i = 0; i < DIMENSIONS; i++) {
                rows.set(row, i, rows.get(row, i) / norm);
            }
        }
        StoredRows halves = StoredRows.ofHalves(POINTS, DIMENSIONS);
        halves.write(0, rows);
        return halves;
    }

    @Test
    void signsThatDifferAreCountedAcrossWords() {
        FloatMatrix rows = FloatMatrix.zeros(2, 130);
        rows.fill(1);
        for (int i : new int[] {0, 63, 64, 129}) {
            rows.set(1, i, -1);
        }
        SignCodes codes = SignCodes.of(StoredRows.of(rows));
        long[] code = codes.code(ScanVector.of(rows.rowToArray(0)));
        assertThat(codes.differences(0, code)).isZero();
        assertThat(codes.differences(1, code)).isEqualTo(4);
        assertThat(codes.differences(0, codes.code(ScanVector.of(rows.rowToArray(1)))))
                .isEqualTo(4);
    }

    /// At a right angle half of 200 signs differ, give or take sqrt(200 / 4) = 7.07.
    @Test
    void differencesAreBoundedByTheAngle() {
        SignCodes codes = SignCodes.of(clustered());
        assertThat(codes.mostDifferences(0)).isEqualTo(108);
        assertThat(codes.mostDifferences(1)).isZero();
        assertThat(codes.mostDifferences(-1)).isEqualTo(200);
        assertThat(codes.mostDifferences(0.5f)).isBetween(67, 74);
    }

    @Test
    void fewSignsDropNothing() {
        assertThat(SignCodes.of(StoredRows.ofHalves(3, 127)).mostDifferences(0.9f))
                .isEqualTo(127);
    }

    @Test
    void aWalkLooksAtFewerPointsAndFindsNearlyTheSame() {
        StoredRows rows = clustered();
        ProximityGraph graph;
        try (TaskPool pool = new TaskPool(2)) {
            graph = ProximityGraphBuilder.of(rows, new Seed(3), pool, done -> {});
        }
        BeamSearch all = new BeamSearch(rows, graph.edges(), graph.degree());
        BeamSearch some = new BeamSearch(graph, rows, SignCodes.of(rows));
        int looks = 0;
        int fewer = 0;
        int common = 0;
        for (int query = 0; query < 100; query++) {
            ScanVector vector = ScanVector.of(rows.rows(query, query + 1).toArray());
            all.run(graph.start(), vector, 30);
            some.run(graph.start(), vector, 30);
            looks += all.seenCount();
            fewer += some.seenCount();
            Set<Integer> nearest = tenBest(all);
            nearest.retainAll(tenBest(some));
            common += nearest.size();
        }
        assertThat(fewer).isLessThan(looks * 3 / 4);
        assertThat(common).isGreaterThan(950);
    }

    private static Set<Integer> tenBest(BeamSearch search) {
        Set<Integer> best = new HashSet<>();
        while (best.size() < 10) {
            int found = -1;
            for (int i = 0; i < search.seenCount(); i++) {
                boolean better = found < 0 || search.seenProduct(i) > search.seenProduct(found);
                found = better && !best.contains(search.seen(i)) ? i : found;
            }
            best.add(search.seen(found));
        }
        return best;
    }
}
