package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductTest {
    private static final FloatMatrix A = FloatMatrix.of(2, 3, 1, 2, 3, 4, 5, 6);

    @Test
    void rowsTimesColumns() {
        FloatMatrix out = FloatMatrix.zeros(2, 2);
        MatrixProduct.multiply(Panel.of(A), Panel.of(A).transpose(), Panel.of(out));
        assertThat(out).isEqualTo(FloatMatrix.of(2, 2, 14, 32, 32, 77));
    }

    @Test
    void aPartOfAMatrixIsAnOperand() {
        FloatMatrix out = FloatMatrix.zeros(2, 2);
        Panel part = Panel.of(A).columns(1, 3);
        MatrixProduct.multiply(part.transpose(), part, Panel.of(out));
        assertThat(out).isEqualTo(FloatMatrix.of(2, 2, 29, 36, 36, 45));
    }

    @Test
    void openBlasIsThereOnTheMachinesThatWeBuildOn() {
        assertThat(PanelProduct.chosen()).isInstanceOf(OpenBlasProduct.class);
    }

    /// OpenBLAS and the definition differ by the order of a sum of k products of about 1: at most k x 2^-24 of the
    /// sum of their absolute values, which is below 2 k here.
    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,7", "8,16,15", "16,16,16", "17,33,65", "64,1,50", "1,64,50", "95,97,101"})
    void theFastAndTheSlowProductAgree(int rows, int columns, int inner) {
        FloatMatrix a = RandomMatrix.normal(rows, inner, 1);
        FloatMatrix b = RandomMatrix.normal(inner, columns, 2);
        float[] onHeap = new float[inner * columns];
        for (int i = 0; i < onHeap.length; i++) {
            onHeap[i] = b.get(i / columns, i % columns);
        }
        FloatMatrix fast = FloatMatrix.zeros(rows, columns);
        FloatMatrix slow = FloatMatrix.zeros(rows, columns);
        PanelProduct.chosen().multiply(Panel.of(a), Panel.of(onHeap, inner, columns), Panel.of(fast));
        new JavaProduct().multiply(Panel.of(a), Panel.of(b), Panel.of(slow));
        assertThat(Golden.distance(fast, slow)).isLessThanOrEqualTo(2.0 * inner * inner * 0x1p-24);
    }

    /// As above; what lies below the diagonal is not touched.
    @ParameterizedTest
    @CsvSource({"1,1", "5,3", "64,16", "33,130", "1024,33"})
    void theFastAndTheSlowSquareAgree(int rows, int columns) {
        FloatMatrix a = RandomMatrix.normal(rows, columns + 2, 3);
        FloatMatrix fast = FloatMatrix.zeros(columns, columns);
        FloatMatrix slow = FloatMatrix.zeros(columns, columns);
        FloatMatrix whole = FloatMatrix.zeros(columns, columns);
        Panel part = Panel.of(a).columns(1, columns + 1);
        MatrixProduct.squareOfColumns(part, Panel.of(fast));
        new JavaProduct().squareOfColumns(part, Panel.of(slow));
        MatrixProduct.multiply(part.transpose(), part, Panel.of(whole));
        double tolerance = 2.0 * rows * rows * 0x1p-24;
        assertThat(Golden.distance(fast, slow)).isLessThanOrEqualTo(tolerance);
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                float expected = j < i ? 0 : whole.get(i, j);
                assertThat((double) fast.get(i, j)).isEqualTo(expected, within(tolerance));
            }
        }
    }

    /// The same in double precision: at most k x 2^-53 of the sum of the absolute values.
    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,7", "16,16,64", "17,33,65", "1,64,50"})
    void theFastAndTheSlowProductAgreeInDoublePrecision(int rows, int columns, int inner) {
        double[] a = wide(RandomMatrix.normal(rows, inner, 1));
        double[] b = wide(RandomMatrix.normal(inner, columns, 2));
        double[] fast = new double[rows * columns];
        double[] slow = new double[rows * columns];
        MatrixProduct.multiply(a, b, fast, rows, columns);
        new JavaProduct().multiply(a, b, slow, rows, columns);
        assertThat(fast).containsExactly(slow, within(2.0 * inner * inner * 0x1p-53));
    }

    private static double[] wide(FloatMatrix matrix) {
        double[] wide = new double[(int) matrix.size()];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = matrix.get(i / matrix.columns(), i % matrix.columns());
        }
        return wide;
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        FloatMatrix out = FloatMatrix.zeros(2, 2);
        assertThatThrownBy(() -> MatrixProduct.multiply(Panel.of(A), Panel.of(A), Panel.of(out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 x 3 times 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> MatrixProduct.squareOfColumns(Panel.of(A), Panel.of(out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 x 2 times 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> MatrixProduct.multiply(new double[6], new double[4], new double[4], 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("6 numbers in 2 rows times 4 in 2 columns");
    }

    @Test
    void aPanelBeyondItsMemoryIsRefused() {
        assertThatThrownBy(() -> new Panel(A.segment(), 2, 3, 4, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 bytes");
    }
}
