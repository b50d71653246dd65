package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitFinderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 15, 16, 17, 40})
    void vectorsAndScalarsFindTheSameHits(int columns) {
        float[] distances = new float[columns + 5];
        float[] limits = new float[columns];
        for (int hit = 0; hit < columns; hit++) {
            Arrays.fill(distances, 2);
            distances[5 + hit] = 1;
            for (HitFinder finder : List.of(new VectorHitFinder(), new ScalarHitFinder())) {
                assertThat(finder.next(distances, 5, 0, columns, 1, limits)).isEqualTo(hit);
                assertThat(finder.next(distances, 5, hit + 1, columns, 1, limits))
                        .isEqualTo(columns);
            }
        }
    }
}
