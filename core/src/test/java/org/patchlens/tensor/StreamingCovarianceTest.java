package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingCovarianceTest {
    private static final FloatMatrix ROWS = shifted(RandomMatrix.normal(2500, 150, 5));

    /// The definition in double precision. The products of a tile are summed in single precision: an error below
    /// 1024 x 2^-24 of numbers around 1.
    @Test
    void theCovarianceIsThatOfTheDefinition() {
        try (TaskPool pool = new TaskPool(2)) {
            StreamingCovariance streaming = gather(ROWS, 197, pool);
            double[] mean = streaming.mean();
            double[][] covariance = streaming.covariance();
            for (int i = 0; i < 150; i += 7) {
                assertThat(mean[i]).isEqualTo(columnMean(i), within(1e-5));
                for (int j = 0; j < 150; j += 11) {
                    assertThat(covariance[i][j]).isEqualTo(definition(i, j), within(1024 * 0x1p-24));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theSameBitsForAnyThreadsAndBatches(int threads) {
        try (TaskPool one = new TaskPool(1);
                TaskPool many = new TaskPool(threads)) {
            StreamingCovariance expected = gather(ROWS, 2500, one);
            StreamingCovariance actual = gather(ROWS, 33 * threads, many);
            assertThat(actual.mean()).isEqualTo(expected.mean());
            assertThat(actual.covariance()).isDeepEqualTo(expected.covariance());
        }
    }

    @Test
    void oneRowHasNoCovariance() {
        try (TaskPool pool = new TaskPool(1)) {
            StreamingCovariance streaming = gather(ROWS.rows(0, 1), 1, pool);
            assertThatThrownBy(streaming::covariance).hasMessage("the covariance of 1 rows");
        }
    }

    private static StreamingCovariance gather(FloatMatrix rows, int batch, TaskPool pool) {
        StreamingCovariance streaming = new StreamingCovariance(rows.columns(), pool);
        for (int from = 0; from < rows.rows(); from += batch) {
            streaming.add(rows.rows(from, Math.min(rows.rows(), from + batch)));
        }
        assertThat(streaming.count()).isEqualTo(rows.rows());
        return streaming;
    }

    /// A large common mean, as the massive activations of transformers have it.
    private static FloatMatrix shifted(FloatMatrix rows) {
        for (int i = 0; i < rows.rows(); i++) {
            rows.set(i, 11, rows.get(i, 11) + 50);
            rows.set(i, 140, rows.get(i, 140) + rows.get(i, 7));
        }
        return rows;
    }

    private static double columnMean(int column) {
        double sum = 0;
        for (int row = 0; row < ROWS.rows(); row++) {
            sum += ROWS.get(row, column);
        }
        return sum / ROWS.rows();
    }

    private static double definition(int i, int j) {
        double sum = 0;
        for (int row = 0; row < ROWS.rows(); row++) {
            sum += (ROWS.get(row, i) - columnMean(i)) * (ROWS.get(row, j) - columnMean(j));
        }
        return sum / (ROWS.rows() - 1);
    }
}
