package org.patchlens.tensor;

import java.lang.foreign.MemorySegment;

/// Mean and covariance of rows that come in batches of any size and are not kept.
///
/// Rows are gathered into tiles of 1,024; a tile is shifted by the mean of the first tile, which keeps the sums
/// small, multiplied with itself in single precision and added up in double. Memory: D x D doubles and one tile.
/// The result depends on the order of the rows, not on the batches or the number of threads. Not safe for several
/// threads.
public final class StreamingCovariance {
    private static final int TILE_ROWS = 1024;

    /// The side of the blocks of the D x D sum; a block is one task.
    private static final int BLOCK = 256;

    /// So many shifted rows are added up in single precision, then in double.
    private static final int SHIFTED_ROWS = 64;

    private final int dimensions;
    private final TaskPool pool;
    private final FloatMatrix tile;
    private final double[][] products;
    private final float[] origin;
    private final double[] sums;
    private int tileRows;
    private long count;

    /// @param dimensions D, the length of the rows, at least 1
    /// @param pool stays open, and belongs to the caller
    public StreamingCovariance(int dimensions, TaskPool pool) {
        this.dimensions = dimensions;
        this.pool = pool;
        tile = FloatMatrix.zeros(TILE_ROWS, dimensions);
        products = new double[dimensions][dimensions];
        origin = new float[dimensions];
        sums = new double[dimensions];
    }

    /// Takes in rows, `float[any][D]`; they are copied.
    public void add(FloatMatrix rows) {
        for (int from = 0; from < rows.rows(); ) {
            int taken = Math.min(rows.rows() - from, TILE_ROWS - tileRows);
            tile.rows(tileRows, tileRows + taken).copyFrom(rows.rows(from, from + taken));
            tileRows += taken;
            from += taken;
            if (tileRows == TILE_ROWS) {
                flush();
            }
        }
    }

    /// The number of rows so far.
    public long count() {
        return count + tileRows;
    }

    /// D, the length of the rows.
    public int dimensions() {
        return dimensions;
    }

    /// The mean of the rows so far, `double[D]`; zeros if there are none.
    public double[] mean() {
        flush();
        double[] mean = new double[dimensions];
        for (int i = 0; i < dimensions && count > 0; i++) {
            mean[i] = origin[i] + sums[i] / count;
        }
        return mean;
    }

    /// The covariance of the rows so far, divided by the number of rows less one, `double[D][D]`.
    ///
    /// @throws IllegalStateException if there are fewer than two rows
    public double[][] covariance() {
        flush();
        if (count < 2) {
            throw new IllegalStateException("the covariance of " + count + " rows");
        }
        double[][] covariance = new double[dimensions][dimensions];
        for (int i = 0; i < dimensions; i++) {
            for (int j = i; j < dimensions; j++) {
                covariance[i][j] = (products[i][j] - sums[i] / count * sums[j]) / (count - 1);
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    private void flush() {
        if (tileRows == 0) {
            return;
        }
        FloatMatrix rows = tile.rows(0, tileRows);
        if (count == 0) {
            setOrigin(rows);
        }
        shift(rows);
        int blocks = Math.ceilDiv(dimensions, BLOCK);
        pool.forEach(blocks * (blocks + 1) / 2, pair -> addProducts(rows, pair, blocks));
        count += tileRows;
        tileRows = 0;
    }

    private void setOrigin(FloatMatrix rows) {
        double[] total = new double[dimensions];
        for (int row = 0; row < rows.rows(); row++) {
            float[] values = rows.rowToArray(row);
            for (int i = 0; i < dimensions; i++) {
                total[i] += values[i];
            }
        }
        for (int i = 0; i < dimensions; i++) {
            origin[i] = (float) (total[i] / rows.rows());
        }
    }

    private void shift(FloatMatrix rows) {
        double[][] parts = new double[Math.ceilDiv(rows.rows(), SHIFTED_ROWS)][];
        pool.forEach(parts.length, task -> {
            int from = task * SHIFTED_ROWS;
            parts[task] = shiftAndSum(rows.rows(from, Math.min(rows.rows(), from + SHIFTED_ROWS)));
        });
        for (double[] part : parts) {
            for (int i = 0; i < dimensions; i++) {
                sums[i] += part[i];
            }
        }
    }

    private double[] shiftAndSum(FloatMatrix rows) {
        float[] sum = new float[dimensions];
        float[] row = new float[dimensions];
        long bytes = (long) dimensions * Float.BYTES;
        for (long at = 0; at < rows.segment().byteSize(); at += bytes) {
            // arrays, since the compiler makes vector instructions of loops over them
            MemorySegment.copy(rows.segment(), FloatMatrix.FLOAT, at, row, 0, dimensions);
            for (int i = 0; i < row.length; i++) {
                row[i] -= origin[i];
                sum[i] += row[i];
            }
            MemorySegment.copy(row, 0, rows.segment(), FloatMatrix.FLOAT, at, dimensions);
        }
        double[] wide = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            wide[i] = sum[i];
        }
        return wide;
    }

    /// Adds one block on or above the diagonal; blocks are numbered column by column.
    private void addProducts(FloatMatrix rows, int pair, int blocks) {
        int right = 0;
        int left = pair;
        while (left > right) {
            right++;
            left -= right;
        }
        assert right < blocks;
        Panel a = columns(rows, left);
        Panel b = columns(rows, right);
        float[] block = new float[a.columns() * b.columns()];
        Panel out = Panel.of(block, a.columns(), b.columns());
        if (left == right) {
            MatrixProduct.squareOfColumns(a, out);
        } else {
            MatrixProduct.multiply(a.transpose(), b, out);
        }
        for (int i = 0; i < a.columns(); i++) {
            double[] row = products[left * BLOCK + i];
            for (int j = left == right ? i : 0; j < b.columns(); j++) {
                row[right * BLOCK + j] += block[i * b.columns() + j];
            }
        }
    }

    private Panel columns(FloatMatrix rows, int block) {
        return Panel.of(rows).columns(block * BLOCK, Math.min(dimensions, (block + 1) * BLOCK));
    }
}
