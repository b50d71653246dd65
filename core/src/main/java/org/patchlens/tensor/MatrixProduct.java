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
