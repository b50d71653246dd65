package org.patchlens.tensor;

/// Products of matrices, each computed by the calling thread alone.
///
/// OpenBLAS does the work where it has been loaded, else Java. The bits of a product depend on the shapes and on
/// the processor, never on the number of threads: whoever wants several threads cuts the work into products of
/// fixed shape. Between OpenBLAS and Java, and between processors, the last bits differ: the error of an element
/// is below n x 2^-24 times the sum of the absolute values of its n products.
public final class MatrixProduct {
    private static final PanelProduct PRODUCT = PanelProduct.chosen();

    private MatrixProduct() {}

    /// Overwrites `out` with `a` times `b`.
    ///
    /// @param out not transposed, and not overlapping an operand
    public static void multiply(Panel a, Panel b, Panel out) {
        checkShapes(a, b, out);
        if (out.rows() > 0 && out.columns() > 0) {
            PRODUCT.multiply(a, b, out);
        }
    }

    /// Overwrites the elements of `out` on and above the diagonal with those of `a`ᵀ `a`; the others stay. Half
    /// of the operations of a product.
    ///
    /// @param a `float[n][d]`, not transposed, n at least 1
    /// @param out `float[d][d]`, not transposed, and not overlapping `a`
    public static void squareOfColumns(Panel a, Panel out) {
        if (a.transposed() || a.rows() == 0) {
            throw new IllegalArgumentException("the square of " + a.height() + " x " + a.width());
        }
        checkShapes(a.transpose(), a, out);
        PRODUCT.squareOfColumns(a, out);
    }

    /// Overwrites `out` with `a` times `b` in double precision; all row by row, `double[rows * inner]`,
    /// `double[inner * columns]` and `double[rows * columns]`.
    static void multiply(double[] a, double[] b, double[] out, int rows, int columns) {
        int inner = rows == 0 ? 0 : a.length / rows;
        if (inner == 0 || columns == 0 || a.length != rows * inner || b.length != inner * columns) {
            throw new IllegalArgumentException(
                    a.length + " numbers in " + rows + " rows times " + b.length + " in " + columns + " columns");
        }
        if (out.length != rows * columns) {
            throw new IllegalArgumentException(rows + " x " + columns + " into " + out.length + " numbers");
        }
        PRODUCT.multiply(a, b, out, rows, columns);
    }

    static void checkShapes(Panel a, Panel b, Panel out) {
        if (a.width() != b.height()
                || out.rows() != a.height()
                || out.columns() != b.width()
                || a.width() == 0
                || out.transposed()) {
            throw new IllegalArgumentException(a.height() + " x " + a.width() + " times " + b.height() + " x "
                    + b.width() + " into " + out.height() + " x " + out.width());
        }
    }
}
