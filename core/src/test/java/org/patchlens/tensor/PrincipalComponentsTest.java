package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PrincipalComponentsTest {
    /// The oracle is scikit-learn's PCA in double precision (tools/reference/principal_components.py). Components
    /// are as exact as the covariance (2^-24 x 60 rows, of variances up to 100) over the gaps between its
    /// eigenvalues, which are above 1 here; scores are ten times as large as the components.
    @Test
    void theComponentsAreThoseOfScikitLearn() {
        JsonNode golden = Golden.json(PrincipalComponentsTest.class, "principal-components.json");
        FloatMatrix rows = Golden.matrix(golden.get("rows"));
        try (TaskPool pool = new TaskPool(2)) {
            PrincipalComponents found = of(rows, 5, pool);
            double tolerance = 1e-4;
            assertThat(Golden.distance(found.mean(), Golden.row(golden.get("mean"))))
                    .isLessThan(tolerance);
            assertThat(Golden.distance(found.components(), Golden.matrix(golden.get("components"))))
                    .isLessThan(tolerance);
            assertThat(Golden.distance(found.scores(rows, pool), Golden.matrix(golden.get("scores"))))
                    .isLessThan(10 * tolerance);
            assertThat(found.totalVariance())
                    .isEqualTo(golden.get("totalVariance").doubleValue(), within(10 * tolerance));
            for (int i = 0; i < 5; i++) {
                double expected = golden.get("variances").get(i).doubleValue();
                assertThat(found.variances().get(0, i) / expected).isEqualTo(1, within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameBitsForAnyNumberOfThreads(int threads) {
        FloatMatrix rows = RandomMatrix.normal(3000, 140, 9);
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(threads)) {
            PrincipalComponents expected = of(rows, 20, one);
            PrincipalComponents actual = of(rows, 20, many);
            assertThat(actual).isEqualTo(expected);
            assertThat(actual.scores(rows, many)).isEqualTo(expected.scores(rows, one));
        }
    }

    @Test
    void equalRowsKeepNothing() {
        try (TaskPool pool = new TaskPool(1)) {
            PrincipalComponents found = of(FloatMatrix.of(3, 2, 4, 5, 4, 5, 4, 5), 2, pool);
            assertThat(found.keptVariance()).isZero();
            assertThat(found.scores(FloatMatrix.of(1, 2, 4, 5), pool)).isEqualTo(FloatMatrix.zeros(1, 2));
        }
    }

    @Test
    void thereAreNoMoreComponentsThanRowsAllow() {
        try (TaskPool pool = new TaskPool(1)) {
            PrincipalComponents found = of(RandomMatrix.normal(4, 10, 1), 50, pool);
            assertThat(found.components().rows()).isEqualTo(3);
            assertThat(found.keptVariance()).isEqualTo(1, within(1e-6));
        }
    }

    private static PrincipalComponents of(FloatMatrix rows, int most, TaskPool pool) {
        StreamingCovariance covariance = new StreamingCovariance(rows.columns(), pool);
        covariance.add(rows);
        return PrincipalComponents.of(covariance, most);
    }
}
