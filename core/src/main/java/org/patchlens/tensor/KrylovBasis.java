package org.patchlens.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Orthonormal vectors that grow by what a symmetric matrix makes of the last of them, and the matrix as these
/// vectors see it.
///
/// Each block of new vectors is made orthogonal to all before, twice: rounding does not add up.
final class KrylovBasis {
    /// Vectors that are added at a time.
    static final int BLOCK = 16;

    /// A vector of which less than this share is new is replaced by one drawn by lot.
    private static final double NEW_SHARE = 1e-10;

    private final int n;
    /// Row by row, `double[n * n]`.
    private final double[] matrix;

    private final RandomGenerator random;
    /// Each `double[rows * n]`, orthonormal rows.
    private final List<double[]> blocks = new ArrayList<>();

    private final List<double[]> transposed = new ArrayList<>();
    /// Per block, its rows times the matrix times all rows up to its own, `double[rows before and own][rows]`.
    private final List<double[][]> seen = new ArrayList<>();

    private int size;
    private double[] rest;

    /// @param start orthonormal rows to begin with, `double[any * n]`, perhaps none; vectors by lot follow
    KrylovBasis(double[] matrix, int n, double[] start, RandomGenerator random) {
        this.matrix = matrix;
        this.n = n;
        this.random = random;
        rest = new double[BLOCK * n];
        if (start.length > 0) {
            take(start);
        }
        rest = new double[BLOCK * n];
        grow();
    }

    /// The number of vectors.
    int size() {
        return size;
    }

    /// Adds a block.
    void grow() {
        orthonormalize(rest);
        take(rest);
    }

    private void take(double[] block) {
        int rows = block.length / n;
        blocks.add(block);
        transposed.add(transposed(block, rows));
        size += rows;
        rest = new double[block.length];
        MatrixProduct.multiply(block, matrix, rest, rows, n);
        double[][] products = new double[size][rows];
        removeKnown(rest, products);
        seen.add(products);
    }

    private double[] transposed(double[] block, int rows) {
        double[] columns = new double[block.length];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < n; i++) {
                columns[i * rows + row] = block[row * n + i];
            }
        }
        return columns;
    }

    /// Subtracts from rows what lies along the vectors of the basis.
    ///
    /// @param products takes the products with those vectors, `double[size][rows]`
    private void removeKnown(double[] some, double[][] products) {
        int rows = some.length / n;
        int at = 0;
        for (int known = 0; known < blocks.size(); known++) {
            int others = blocks.get(known).length / n;
            double[] along = new double[rows * others];
            MatrixProduct.multiply(some, transposed.get(known), along, rows, others);
            double[] part = new double[some.length];
            MatrixProduct.multiply(along, blocks.get(known), part, rows, n);
            for (int i = 0; i < some.length; i++) {
                some[i] -= part[i];
            }
            for (int other = 0; other < others; other++, at++) {
                for (int row = 0; row < rows; row++) {
                    products[at][row] += along[row * others + other];
                }
            }
        }
    }

    private void orthonormalize(double[] block) {
        double[] before = lengths(block);
        double[][] unused = new double[size][block.length / n];
        removeKnown(block, unused);
        for (int row = 0; row < before.length; row++) {
            orthonormalize(block, row, before[row]);
        }
        removeKnown(block, unused);
        for (int row = 0; row < before.length; row++) {
            orthonormalize(block, row, 0);
        }
    }

    /// Gram and Schmidt's step for one row.
    private void orthonormalize(double[] block, int row, double before) {
        removeRowsBefore(block, row);
        double length = length(block, row);
        while (!(length > NEW_SHARE * before)) {
            for (int i = row * n; i < (row + 1) * n; i++) {
                block[i] = random.nextGaussian();
            }
            double[] drawn = Arrays.copyOfRange(block, row * n, (row + 1) * n);
            removeKnown(drawn, new double[size][1]);
            System.arraycopy(drawn, 0, block, row * n, n);
            removeRowsBefore(block, row);
            length = length(block, row);
            before = 1;
        }
        for (int i = row * n; i < (row + 1) * n; i++) {
            block[i] /= length;
        }
    }

    private void removeRowsBefore(double[] block, int row) {
        for (int other = 0; other < row; other++) {
            double dot = 0;
            for (int i = 0; i < n; i++) {
                dot += block[row * n + i] * block[other * n + i];
            }
            for (int i = 0; i < n; i++) {
                block[row * n + i] -= dot * block[other * n + i];
            }
        }
    }

    private double[] lengths(double[] block) {
        double[] lengths = new double[block.length / n];
        Arrays.setAll(lengths, row -> length(block, row));
        return lengths;
    }

    private double length(double[] block, int row) {
        double square = 0;
        for (int i = row * n; i < (row + 1) * n; i++) {
            square += block[i] * block[i];
        }
        return Math.sqrt(square);
    }

    /// The matrix as the basis sees it, `double[size][size]`.
    double[][] projected() {
        double[][] projected = new double[size][size];
        int from = 0;
        for (double[][] products : seen) {
            int rows = products[0].length;
            for (int other = 0; other < products.length; other++) {
                for (int row = 0; row < rows; row++) {
                    projected[other][from + row] = products[other][row];
                    projected[from + row][other] = products[other][row];
                }
            }
            from += rows;
        }
        return projected;
    }

    /// The length of what the matrix times a combination of the basis has beside the basis, at most.
    ///
    /// @param weights of the vectors, `double[size]`
    double outside(double[] weights) {
        int rows = rest.length / n;
        double square = 0;
        for (int row = 0; row < rows; row++) {
            square += weights[size - rows + row] * weights[size - rows + row];
        }
        return Math.sqrt(square)
                * Math.sqrt(Arrays.stream(lengths(rest))
                        .map(length -> length * length)
                        .sum());
    }

    /// Combinations of the basis.
    ///
    /// @param weights `double[count][size]`
    /// @return `double[count * n]`
    double[] combined(double[][] weights) {
        double[] combined = new double[weights.length * n];
        double[] part = new double[combined.length];
        int from = 0;
        for (double[] block : blocks) {
            int rows = block.length / n;
            double[] own = new double[weights.length * rows];
            for (int i = 0; i < weights.length; i++) {
                System.arraycopy(weights[i], from, own, i * rows, rows);
            }
            MatrixProduct.multiply(own, block, part, weights.length, n);
            for (int i = 0; i < combined.length; i++) {
                combined[i] += part[i];
            }
            from += rows;
        }
        return combined;
    }
}
