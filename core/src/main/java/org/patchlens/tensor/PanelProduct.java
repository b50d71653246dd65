package org.patchlens.tensor;

import java.lang.System.Logger.Level;

/// How [MatrixProduct] multiplies; shapes have been checked.
sealed interface PanelProduct permits OpenBlasProduct, JavaProduct {
    void multiply(Panel a, Panel b, Panel out);

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
