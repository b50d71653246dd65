package org.patchlens.analysis.projection.tsne;

import org.patchlens.tensor.FourierPanel;
import org.patchlens.tensor.FourierTransform;
import org.patchlens.tensor.TaskPool;

/// Convolves a grid of real numbers, N along each of two or three axes, with a kernel, as if nothing were around
/// it: it is padded with zeros to twice the length.
///
/// Along the slow axis two real columns are transformed as one complex column, and only half of the frequencies
/// are kept. Transforms work on panels of columns; a panel, or a plane of the slow axis' frequencies, is a task.
final class GridConvolution {
    private static final int WIDTH = FourierPanel.WIDTH;

    private final int axes;
    private final int side;
    private final int columns;
    private final int frequencies;
    private final FourierTransform transform;
    private final TaskPool pool;
    private final float[] real;
    private final float[] imaginary;
    private final ThreadLocal<Room> rooms;

    /// What a thread works in.
    ///
    /// @param panel for transforms
    /// @param real of a plane; empty for two axes
    /// @param imaginary of a plane; empty for two axes
    @SuppressWarnings("ArrayRecordComponent") // room, never compared
    private record Room(FourierPanel panel, float[] real, float[] imaginary) {}

    /// @param axes 2 or 3
    /// @param transform of the padded length, twice the side of the grid
    GridConvolution(int axes, FourierTransform transform, TaskPool pool) {
        this.axes = axes;
        this.transform = transform;
        this.pool = pool;
        side = transform.length() / 2;
        columns = axes == 2 ? side : side * side;
        frequencies = transform.length() / 2 + 1;
        real = new float[frequencies * columns];
        imaginary = new float[frequencies * columns];
        int plane = axes == 2 ? 0 : transform.length() * side;
        rooms = ThreadLocal.withInitial(
                () -> new Room(new FourierPanel(transform.length()), new float[plane], new float[plane]));
    }

    /// N, the number of grid points along an axis.
    int side() {
        return side;
    }

    /// Replaces the grid, slow axis first, by its convolution.
    void apply(float[] grid, KernelSpectrum kernel) {
        int pairs = columns / 2;
        int panels = Math.ceilDiv(pairs, WIDTH);
        pool.forEach(panels, task -> forward(grid, task * WIDTH, Math.min(WIDTH, pairs - task * WIDTH)));
        if (axes == 2) {
            pool.forEach(
                    Math.ceilDiv(frequencies, WIDTH),
                    task -> convolveRows(real, imaginary, 0, task * WIDTH, frequencies, kernel, 0));
        } else {
            pool.forEach(frequencies, plane -> convolvePlane(plane, kernel));
        }
        pool.forEach(panels, task -> inverse(grid, task * WIDTH, Math.min(WIDTH, pairs - task * WIDTH)));
    }

    /// Transforms columns `first` to `first + count - 1` of the first half, each with its partner in the second
    /// half.
    private void forward(float[] grid, int first, int count) {
        FourierPanel panel = panelFor(count);
        int partner = columns / 2;
        for (int i = 0; i < side; i++) {
            System.arraycopy(grid, i * columns + first, panel.real(), i * WIDTH, count);
            System.arraycopy(grid, i * columns + partner + first, panel.imaginary(), i * WIDTH, count);
        }
        panel.clearFrom(side);
        transform.forward(panel);
        for (int k = 0; k < frequencies; k++) {
            int at = k * WIDTH;
            int mirrored = (transform.length() - k) % transform.length() * WIDTH;
            int out = k * columns + first;
            for (int c = 0; c < count; c++) {
                float a = panel.real()[at + c];
                float b = panel.imaginary()[at + c];
                float x = panel.real()[mirrored + c];
                float y = panel.imaginary()[mirrored + c];
                real[out + c] = 0.5f * (a + x);
                imaginary[out + c] = 0.5f * (b - y);
                real[out + partner + c] = 0.5f * (b + y);
                imaginary[out + partner + c] = 0.5f * (x - a);
            }
        }
    }

    private void inverse(float[] grid, int first, int count) {
        FourierPanel panel = panelFor(count);
        int partner = columns / 2;
        for (int k = 0; k < frequencies; k++) {
            int at = k * WIDTH;
            int mirrored = (transform.length() - k) % transform.length() * WIDTH;
            int in = k * columns + first;
            for (int c = 0; c < count; c++) {
                float a = real[in + c];
                float b = imaginary[in + c];
                float x = real[in + partner + c];
                float y = imaginary[in + partner + c];
                panel.real()[mirrored + c] = a + y;
                panel.imaginary()[mirrored + c] = x - b;
                panel.real()[at + c] = a - y;
                panel.imaginary()[at + c] = b + x;
            }
        }
        transform.inverse(panel);
        for (int i = 0; i < side; i++) {
            System.arraycopy(panel.real(), i * WIDTH, grid, i * columns + first, count);
            System.arraycopy(panel.imaginary(), i * WIDTH, grid, i * columns + partner + first, count);
        }
    }

    /// One frequency of the slow axis: along the middle axis, then the rows, then back along the middle axis.
    private void convolvePlane(int frequency, KernelSpectrum kernel) {
        Room room = rooms.get();
        int base = frequency * columns;
        for (int first = 0; first < side; first += WIDTH) {
            int count = Math.min(WIDTH, side - first);
            FourierPanel panel = panelFor(count);
            copy(real, imaginary, base + first, panel.real(), panel.imaginary(), count, side, true);
            panel.clearFrom(side);
            transform.forward(panel);
            copy(room.real, room.imaginary, first, panel.real(), panel.imaginary(), count, transform.length(), false);
        }
        for (int row = 0; row < transform.length(); row += WIDTH) {
            convolveRows(room.real, room.imaginary, 0, row, transform.length(), kernel, frequency * kernel.planeSize());
        }
        for (int first = 0; first < side; first += WIDTH) {
            int count = Math.min(WIDTH, side - first);
            FourierPanel panel = panelFor(count);
            copy(room.real, room.imaginary, first, panel.real(), panel.imaginary(), count, transform.length(), true);
            transform.inverse(panel);
            copy(real, imaginary, base + first, panel.real(), panel.imaginary(), count, side, false);
        }
    }

    /// Copies columns between a plane with rows of N numbers and a panel.
    private void copy(
            float[] planeReal,
            float[] planeImaginary,
            int base,
            float[] panelReal,
            float[] panelImaginary,
            int count,
            int rows,
            boolean toPanel) {
        for (int i = 0; i < rows; i++) {
            int plane = base + i * side;
            int panel = i * WIDTH;
            if (toPanel) {
                System.arraycopy(planeReal, plane, panelReal, panel, count);
                System.arraycopy(planeImaginary, plane, panelImaginary, panel, count);
            } else {
                System.arraycopy(panelReal, panel, planeReal, plane, count);
                System.arraycopy(panelImaginary, panel, planeImaginary, plane, count);
            }
        }
    }

    /// Transforms up to a panel of rows, multiplies them with the kernel, and transforms them back.
    private void convolveRows(
            float[] rowsReal,
            float[] rowsImaginary,
            int base,
            int first,
            int rows,
            KernelSpectrum kernel,
            int kernelBase) {
        int count = Math.min(WIDTH, rows - first);
        FourierPanel panel = panelFor(count);
        for (int row = 0; row < count; row++) {
            int in = base + (first + row) * side;
            for (int x = 0; x < side; x++) {
                panel.real()[x * WIDTH + row] = rowsReal[in + x];
                panel.imaginary()[x * WIDTH + row] = rowsImaginary[in + x];
            }
        }
        panel.clearFrom(side);
        transform.forward(panel);
        multiply(panel, kernel, kernelBase + first, count);
        transform.inverse(panel);
        for (int row = 0; row < count; row++) {
            int out = base + (first + row) * side;
            for (int x = 0; x < side; x++) {
                rowsReal[out + x] = panel.real()[x * WIDTH + row];
                rowsImaginary[out + x] = panel.imaginary()[x * WIDTH + row];
            }
        }
    }

    private void multiply(FourierPanel panel, KernelSpectrum kernel, int kernelBase, int count) {
        int length = transform.length();
        for (int k = 0; k < length; k++) {
            int factors = kernelBase + Math.min(k, length - k) * kernel.rowSize();
            int at = k * WIDTH;
            for (int c = 0; c < count; c++) {
                float factor = kernel.values()[factors + c];
                panel.real()[at + c] *= factor;
                panel.imaginary()[at + c] *= factor;
            }
        }
    }

    /// The thread's panel; columns that will not be written are cleared, so that nothing grows in them.
    private FourierPanel panelFor(int count) {
        FourierPanel panel = rooms.get().panel;
        if (count < WIDTH) {
            panel.clearFrom(0);
        }
        return panel;
    }
}
