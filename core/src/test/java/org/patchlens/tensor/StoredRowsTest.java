package org.patchlens.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.tensor.StoredRows.Precision;

class StoredRowsTest {
    /// Lengths around one and two vectors, real dimensions, and one of which a single row fills a block.
    static IntStream lengths() {
        return IntStream.concat(
                IntStream.rangeClosed(1, 35), IntStream.of(191, 192, 193, 384, 767, 768, 769, 1025, 4096));
    }

    /// Every form gives the bits of its definition, for odd and even numbers of rows: that of the dot product of
    /// [Kernels] for 32 bits, 32 lanes for 16 bits.
    @ParameterizedTest
    @MethodSource("lengths")
    void productsHaveTheBitsOfTheirDefinition(int length) {
        for (int rows : new int[] {1, 2, 5, 71}) {
            StoredRows halves = halves(rows, length, 7L * rows + length);
            FloatMatrix wide = halves.widened();
            FloatMatrix vector = RandomMatrix.normal(1, length, length);
            float[] ofSingles = new float[rows];
            float[] ofHalves = new float[rows];
            for (int row = 0; row < rows; row++) {
                ofSingles[row] = Kernels.dot(wide, row, vector, 0);
                ofHalves[row] = defined(wide.rowToArray(row), vector.rowToArray(0));
                assertThat(ofHalves[row]).isCloseTo(ofSingles[row], within(length * 0x1p-20f));
            }
            for (RowScan form : forms()) {
                for (StoredRows stored : List.of(halves, StoredRows.of(wide), onTheHeap(halves))) {
                    boolean half = stored.precision() == StoredRows.Precision.HALF;
                    float[] found = new float[rows + 2];
                    form.products(stored, ScanVector.of(vector.rowToArray(0)), found, 1);
                    assertThat(Arrays.copyOfRange(found, 1, rows + 1))
                            .as("%s, %s, %d rows of %d", form, stored.precision(), rows, length)
                            .isEqualTo(half ? ofHalves : ofSingles);
                    assertThat(found[0] + found[rows + 1]).isZero();
                }
            }
        }
    }

    private static StoredRows onTheHeap(StoredRows rows) {
        byte[] bytes = rows.memory().toArray(ValueLayout.JAVA_BYTE);
        return new StoredRows(MemorySegment.ofArray(bytes), rows.rows(), rows.columns(), rows.precision());
    }

    private static float defined(float[] row, float[] vector) {
        float[] lanes = new float[32];
        for (int i = 0; i < row.length; i++) {
            lanes[i % 32] = Math.fma(row[i], vector[i], lanes[i % 32]);
        }
        float[] half = new float[16];
        for (int j = 0; j < 16; j++) {
            half[j] = lanes[2 * j] + lanes[2 * j + 1];
        }
        return DotProduct.sum(half);
    }

    private static List<RowScan> forms() {
        return List.of(
                new PlainRowScan(new ScalarDotProduct()),
                new PlainRowScan(VectorDotProduct.preferred()),
                new RowScanOf8(),
                new RowScanOf16());
    }

    /// All finite 16-bit numbers, subnormal ones and both zeros among them, times numbers large and small.
    @Test
    void everyFiniteHalfIsReadExactly() {
        for (float factor : new float[] {1, -3, 1e-30f, 32767}) {
            float[] vector = {factor};
            for (RowScan form : forms()) {
                int finite = 0x7c00;
                StoredRows rows = new StoredRows(bits(0, finite), finite, 1, Precision.HALF);
                float[] found = new float[finite];
                form.products(rows, ScanVector.of(vector), found, 0);
                for (int bits = 0; bits < finite; bits++) {
                    float expected = Math.fma(Float.float16ToFloat((short) bits), factor, 0f);
                    assertThat(found[bits])
                            .as("%s: half %x times %s", form, bits, factor)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static MemorySegment bits(int from, int to) {
        MemorySegment memory = Arena.ofAuto().allocate((to - from) * 2L, 2);
        for (int i = from; i < to; i++) {
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i - from, (short) i);
        }
        return memory;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void squaredDistancesAreThoseOfTheRoundedDifferences(int length) {
        StoredRows halves = halves(9, length, 3);
        float[] point = RandomMatrix.normal(1, length, 4).rowToArray(0);
        FloatMatrix differences = halves.widened();
        for (int row = 0; row < 9; row++) {
            for (int i = 0; i < length; i++) {
                differences.set(row, i, differences.get(row, i) - point[i]);
            }
        }
        for (StoredRows rows : List.of(halves, StoredRows.of(halves.widened()))) {
            float[] found = rows.squaredDistances(point);
            for (int row = 0; row < 9; row++) {
                assertThat(found[row]).isEqualTo(Kernels.squaredNorm(differences, row));
            }
        }
    }

    @Test
    void aRowThatIsNotFiniteShowsInItsDistance() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            MemorySegment memory = Arena.ofAuto().allocate(3 * 20 * 2);
            memory.setAtIndex(ValueLayout.JAVA_SHORT, 27, Float.floatToFloat16(bad));
            float[] found = new StoredRows(memory, 3, 20, Precision.HALF).squaredDistances(new float[20]);
            assertThat(Float.isFinite(found[1])).isFalse();
            assertThat(found[0] + found[2]).isZero();
        }
    }

    /// Rows that are picked, any number of them and in any order, give the bits of the scan.
    @ParameterizedTest
    @MethodSource("lengths")
    void pickedRowsHaveTheSameBits(int length) {
        StoredRows halves = halves(20, length, length);
        float[] vector = RandomMatrix.normal(1, length, 5).rowToArray(0);
        for (StoredRows rows : List.of(halves, StoredRows.of(halves.widened()), onTheHeap(halves))) {
            float[] all = new float[20];
            rows.products(vector, all, 0);
            for (int count : new int[] {0, 1, 3, 4, 6, 11}) {
                int[] picks = {19, 0, 7, 7, 3, 12, 18, 1, 2, 11, 5};
                for (RowScan form : forms()) {
                    float[] found = new float[picks.length];
                    form.picked(rows, picks, count, ScanVector.of(vector), found);
                    for (int i = 0; i < picks.length; i++) {
                        assertThat(found[i]).isEqualTo(i < count ? all[picks[i]] : 0);
                    }
                }
            }
        }
    }

    @Test
    void numbersAreKeptAsHalvesAndReadBack() {
        StoredRows kept = StoredRows.ofHalves(5, 3);
        kept.write(2, FloatMatrix.of(2, 3, 1, 2, 3, 4, 5, 0.1f));
        assertThat(kept.toArray())
                .containsExactly(
                        0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, Float.float16ToFloat(Float.floatToFloat16(0.1f)), 0, 0, 0);
        assertThatThrownBy(() -> kept.write(0, FloatMatrix.of(1, 3, 1, 1e6f, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kept.write(4, FloatMatrix.zeros(2, 3))).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        StoredRows rows = halves(4, 8, 1);
        assertThatThrownBy(() -> rows.products(new float[7], new float[4], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rows.products(new float[8], new float[4], 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rows.products(vectorOf(32768f), new float[4], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StoredRows(rows.memory(), 5, 8, Precision.HALF))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] vectorOf(float number) {
        float[] vector = new float[8];
        Arrays.fill(vector, number);
        return vector;
    }

    private static StoredRows halves(int rows, int columns, long seed) {
        RandomGenerator random = new Seed(seed).task(0).generator();
        MemorySegment memory = Arena.ofAuto().allocate((long) rows * columns * 2, 2);
        for (int i = 0; i < rows * columns; i++) {
            float scale = i % 7 == 0 ? 1e-6f : 1;
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16((float) random.nextGaussian() * scale));
        }
        return new StoredRows(memory, rows, columns, Precision.HALF);
    }
}
