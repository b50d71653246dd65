package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.List;
import org.patchlens.image.dicom.codec.DecodingException;

/// From the code blocks of a tile component to its samples before the colour transform.
final class TileDecoder {
    private final byte[] data;
    private final BlockDecoder blocks = new BlockDecoder();

    /// @param data the packets of the tile
    TileDecoder(byte[] data) {
        this.data = data;
    }

    /// Coefficients of the reversible transform, all resolutions undone, row by row.
    int[] whole(TileComponent component) throws DecodingException {
        int[] low = new int[0];
        for (int resolution = 0; resolution <= component.coding.levels(); resolution++) {
            int[] area = component.resolution(resolution);
            int[] values = new int[count(area)];
            if (resolution > 0) {
                spread(low, component.resolution(resolution - 1), values, area);
            }
            for (Precinct precinct : component.precincts.get(resolution)) {
                for (Precinct.Part part : precinct.parts()) {
                    for (CodeBlock block : part.blocks()) {
                        place(block, part.band(), component.coding, area, new WholeTarget(values));
                    }
                }
            }
            if (resolution > 0 && values.length > 0) {
                Wavelet.reversible(values, area);
            }
            low = values;
        }
        return low;
    }

    /// Coefficients of the irreversible transform, all resolutions undone, row by row.
    float[] real(TileComponent component) throws DecodingException {
        float[] low = new float[0];
        for (int resolution = 0; resolution <= component.coding.levels(); resolution++) {
            int[] area = component.resolution(resolution);
            float[] values = new float[count(area)];
            if (resolution > 0) {
                spread(low, component.resolution(resolution - 1), values, area);
            }
            for (Precinct precinct : component.precincts.get(resolution)) {
                for (Precinct.Part part : precinct.parts()) {
                    for (CodeBlock block : part.blocks()) {
                        place(
                                block,
                                part.band(),
                                component.coding,
                                area,
                                new RealTarget(values, part.band().step()));
                    }
                }
            }
            if (resolution > 0 && values.length > 0) {
                Wavelet.irreversible(values, area);
            }
            low = values;
        }
        return low;
    }

    private static int count(int[] area) {
        return Math.max(0, area[2] - area[0]) * Math.max(0, area[3] - area[1]);
    }

    /// Where decoded coefficients go.
    private sealed interface Target {
        void put(int index, int halves, boolean negative);
    }

    private static final class WholeTarget implements Target {
        private final int[] values;

        WholeTarget(int[] values) {
            this.values = values;
        }

        @Override
        public void put(int index, int halves, boolean negative) {
            int magnitude = halves >> 1;
            values[index] = negative ? -magnitude : magnitude;
        }
    }

    private static final class RealTarget implements Target {
        private final float[] values;
        private final double step;

        RealTarget(float[] values, double step) {
            this.values = values;
            this.step = step;
        }

        @Override
        public void put(int index, int halves, boolean negative) {
            float magnitude = (float) (halves * 0.5 * step);
            values[index] = negative ? -magnitude : magnitude;
        }
    }

    /// Decodes a block and puts its coefficients where the wavelet expects them: low frequencies at even, high
    /// ones at odd places.
    private void place(CodeBlock block, Band band, Coding coding, int[] area, Target target) throws DecodingException {
        if (block.passes == 0) {
            return;
        }
        if (band.planes() - block.zeroPlanes > 30) {
            throw new DecodingException("JPEG 2000 coefficients of more than 30 bits are not supported");
        }
        blocks.decode(block, band, coding, data);
        boolean lowest = band.index() == 0;
        int step = lowest ? 1 : 2;
        int width = area[2] - area[0];
        for (int y = 0; y < block.height; y++) {
            int row = step * (block.y + y) + band.down() - area[1];
            int to = row * width + step * block.x + band.right() - area[0];
            for (int x = 0; x < block.width; x++, to += step) {
                target.put(to, blocks.magnitude(x, y), blocks.negative(x, y));
            }
        }
    }

    private static void spread(int[] low, int[] from, int[] values, int[] area) {
        int width = from[2] - from[0];
        for (int y = from[1]; y < from[3]; y++) {
            int to = (2 * y - area[1]) * (area[2] - area[0]) + 2 * from[0] - area[0];
            for (int x = 0; x < width; x++, to += 2) {
                values[to] = low[(y - from[1]) * width + x];
            }
        }
    }

    private static void spread(float[] low, int[] from, float[] values, int[] area) {
        int width = from[2] - from[0];
        for (int y = from[1]; y < from[3]; y++) {
            int to = (2 * y - area[1]) * (area[2] - area[0]) + 2 * from[0] - area[0];
            for (int x = 0; x < width; x++, to += 2) {
                values[to] = low[(y - from[1]) * width + x];
            }
        }
    }

    /// The samples of several components as whole numbers, with the colour transform of the stream undone
    /// (T.800 annex G).
    int[][] samples(List<TileComponent> components, boolean mixed) throws DecodingException {
        boolean reversible = components.getFirst().coding.reversible();
        int[][] samples = new int[components.size()][];
        float[][] reals = new float[components.size()][];
        for (int c = 0; c < samples.length; c++) {
            if (components.get(c).coding.reversible() != reversible) {
                throw new DecodingException("JPEG 2000 components with different wavelets are not supported");
            }
            if (reversible) {
                samples[c] = whole(components.get(c));
            } else {
                reals[c] = real(components.get(c));
            }
        }
        boolean three = mixed && samples.length >= 3;
        if (reversible) {
            return three ? ColorMix.reversible(samples) : samples;
        }
        if (three) {
            ColorMix.irreversible(reals);
        }
        for (int c = 0; c < samples.length; c++) {
            samples[c] = ColorMix.rounded(reals[c]);
        }
        return samples;
    }
}
