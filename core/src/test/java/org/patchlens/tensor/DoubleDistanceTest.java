package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoubleDistanceTest {
    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(0, 34), IntStream.of(191, 192, 193, 768));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void allFormsGiveTheBitsOfTheDefinition(int length) {
        float[] row = RandomMatrix.normal(1, length, 1).rowToArray(0);
        FloatMatrix others = RandomMatrix.normal(7, length, 2);
        for (int[] picks : new int[][] {{}, {6}, {3, 3, 0, 5, 1}, {0, 1, 2, 3, 4, 5, 6, 0}}) {
            double[] expected = new double[picks.length];
            for (int i = 0; i < picks.length; i++) {
                expected[i] = defined(row, others.rowToArray(picks[i]));
            }
            for (DoubleDistance form : new DoubleDistance[] {new ScalarDoubleDistance(), new VectorDoubleDistance()}) {
                double[] found = new double[picks.length];
                form.squared(row, others, picks, found);
                assertThat(found).as("%s", form).isEqualTo(expected);
            }
        }
    }

    private static double defined(float[] a, float[] b) {
        double[] lanes = new double[8];
        double plain = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            lanes[i % 8] = Math.fma(difference, difference, lanes[i % 8]);
            plain += difference * difference;
        }
        double sum = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
        assertThat(sum).isCloseTo(plain, within(1e-11));
        return sum;
    }
}
