package org.patchlens.tensor;

import java.lang.System.Logger.Level;

/// How [MatrixProduct] multiplies; shapes have been checked.
sealed interface PanelProduct permits OpenBlasProduct, JavaProduct {
    void multiply(Panel a, Panel b, Panel out);

    /// Overwrites the elements of `out` on and above the diagonal with those of `a`ᵀ `a`.
    void squareOfColumns(Panel a, Panel out);

    /// Overwrites `out` with `a` times `b`, all row by row.
    void multiply(double[] a, double[] b, double[] out, int rows, int columns);

    /// OpenBLAS if its native library is there and can be loaded, else Java.
    static PanelProduct chosen() {
        try {
            return OpenBlasProduct.load();
        } catch (LinkageError e) {
            System.getLogger(MatrixProduct.class.getName())
                    .log(
                            Level.WARNING,
                            "OpenBLAS could not be loaded; matrix products take about twenty times as long.",
                            e);
            return new JavaProduct();
        }
    }
}
