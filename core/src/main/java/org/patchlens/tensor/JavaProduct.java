package org.patchlens.tensor;

import static org.patchlens.tensor.FloatMatrix.FLOAT;

/// The definition: each element is a sum of products in ascending order.
record JavaProduct() implements PanelProduct {
    @Override
    public void multiply(Panel a, Panel b, Panel out) {
        for (int i = 0; i < out.rows(); i++) {
            for (int j = 0; j < out.columns(); j++) {
                float sum = 0;
                for (int k = 0; k < a.width(); k++) {
                    sum = Math.fma(element(a, i, k), element(b, k, j), sum);
                }
                out.memory().set(FLOAT, (long) Float.BYTES * ((long) i * out.stride() + j), sum);
            }
        }
    }

    private static float element(Panel panel, int row, int column) {
        long index = panel.transposed() ? (long) column * panel.stride() + row : (long) row * panel.stride() + column;
        return panel.memory().get(FLOAT, index * Float.BYTES);
    }
}
