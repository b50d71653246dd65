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

    @Override
    public void squareOfColumns(Panel a, Panel out) {
        for (int i = 0; i < out.rows(); i++) {
            for (int j = i; j < out.columns(); j++) {
                float sum = 0;
                for (int k = 0; k < a.rows(); k++) {
                    sum = Math.fma(element(a, k, i), element(a, k, j), sum);
                }
                out.memory().set(FLOAT, (long) Float.BYTES * ((long) i * out.stride() + j), sum);
            }
        }
    }

    @Override
    public void multiply(double[] a, double[] b, double[] out, int rows, int columns) {
        int inner = a.length / rows;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(a[i * inner + k], b[k * columns + j], sum);
                }
                out[i * columns + j] = sum;
            }
        }
    }

    private static float element(Panel panel, int row, int column) {
        long index = panel.transposed() ? (long) column * panel.stride() + row : (long) row * panel.stride() + column;
        return panel.memory().get(FLOAT, index * Float.BYTES);
    }
}
