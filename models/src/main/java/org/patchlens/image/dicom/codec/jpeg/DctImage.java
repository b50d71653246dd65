package org.patchlens.image.dicom.codec.jpeg;

import org.jspecify.annotations.Nullable;
import org.patchlens.image.dicom.codec.DecodingException;

/// The coefficients of every block of every component, and their way back to samples.
final class DctImage {
    private final Plane[] planes;

    /// The blocks of one component.
    static final class Plane {
        private final int columns;
        private final int rows;
        private final int blocksWide;
        private final int blocksHigh;
        private final short[] coefficients;

        Plane(int columns, int rows, int blocksWide, int blocksHigh, short[] coefficients) {
            this.columns = columns;
            this.rows = rows;
            this.blocksWide = blocksWide;
            this.blocksHigh = blocksHigh;
            this.coefficients = coefficients;
        }

        int columns() {
            return columns;
        }

        int rows() {
            return rows;
        }

        int blocksWide() {
            return blocksWide;
        }

        int blocksHigh() {
            return blocksHigh;
        }

        short[] coefficients() {
            return coefficients;
        }

        /// Blocks that hold samples, horizontally.
        int usedWide() {
            return (columns + 7) / 8;
        }

        /// Blocks that hold samples, vertically.
        int usedHigh() {
            return (rows + 7) / 8;
        }
    }

    DctImage(JpegHeader header) throws DecodingException {
        planes = new Plane[header.components().size()];
        int widest = header.widest();
        int highest = header.highest();
        int unitsWide = divideUp(header.columns(), 8 * widest);
        int unitsHigh = divideUp(header.rows(), 8 * highest);
        for (JpegHeader.Component component : header.components()) {
            int wide = unitsWide * component.horizontal();
            int high = unitsHigh * component.vertical();
            long size = 64L * wide * high;
            if (size > Integer.MAX_VALUE - 16) {
                throw new DecodingException("a JPEG component has " + size + " coefficients");
            }
            planes[component.index()] = new Plane(
                    divideUp(header.columns() * component.horizontal(), widest),
                    divideUp(header.rows() * component.vertical(), highest),
                    wide,
                    high,
                    new short[(int) size]);
        }
    }

    private static int divideUp(int number, int by) {
        return (number + by - 1) / by;
    }

    Plane plane(int component) {
        return planes[component];
    }

    /// Interleaved samples at full resolution.
    int[] samples(JpegHeader header, int[] @Nullable [] quantization, int count) throws DecodingException {
        int[] values = new int[count];
        int components = planes.length;
        for (JpegHeader.Component component : header.components()) {
            int[] table = quantization[component.quantization()];
            if (table == null) {
                throw new DecodingException("the JPEG stream lacks a quantization table");
            }
            Plane plane = planes[component.index()];
            int[] samples = inverse(plane, table, header.precision());
            Upsampling.spread(
                    samples,
                    plane,
                    new Upsampling.Target(values, header.columns(), header.rows(), components, component.index()),
                    header.widest() / (double) component.horizontal(),
                    header.highest() / (double) component.vertical());
        }
        return values;
    }

    private static int[] inverse(Plane plane, int[] table, int precision) {
        int stride = plane.usedWide() * 8;
        int[] samples = new int[stride * plane.usedHigh() * 8];
        InverseDct inverse = new InverseDct(table, precision);
        for (int row = 0; row < plane.usedHigh(); row++) {
            for (int column = 0; column < plane.usedWide(); column++) {
                int block = (row * plane.blocksWide() + column) * 64;
                inverse.block(plane.coefficients(), block, samples, row * 8 * stride + column * 8, stride);
            }
        }
        return samples;
    }
}
