package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.image.dicom.codec.DecodingException;

/// One component of a tile, cut into resolutions, bands, precincts and code blocks (T.800 annex B).
final class TileComponent {
    /// Real tiles have thousands; each costs a few hundred bytes.
    private static final int MOST_BLOCKS = 300_000;

    final Coding coding;
    final List<List<Band>> bands = new ArrayList<>();
    final List<List<Precinct>> precincts = new ArrayList<>();
    private final int component;
    private final int[] area;
    private int blocks;

    /// @param area of the tile: left, top, right, bottom, the last two beyond it
    TileComponent(int component, int[] area, Coding coding, Quantization quantization, int precision)
            throws DecodingException {
        this.component = component;
        this.area = area;
        this.coding = coding;
        for (int resolution = 0; resolution <= coding.levels(); resolution++) {
            bands.add(bandsOf(resolution, quantization, precision));
            precincts.add(precinctsOf(resolution));
        }
    }

    /// Left, top, right, bottom of a resolution.
    int[] resolution(int resolution) {
        int down = coding.levels() - resolution;
        return new int[] {
            divideUp(area[0], down), divideUp(area[1], down), divideUp(area[2], down), divideUp(area[3], down)
        };
    }

    private static int divideUp(long number, int power) {
        return (int) ((number + (1L << power) - 1) >> power);
    }

    private List<Band> bandsOf(int resolution, Quantization quantization, int precision) throws DecodingException {
        if (resolution == 0) {
            return List.of(band(0, 0, 0, 0, quantization, precision));
        }
        int first = 3 * resolution - 2;
        return List.of(
                band(resolution, first, 1, 0, quantization, precision),
                band(resolution, first + 1, 0, 1, quantization, precision),
                band(resolution, first + 2, 1, 1, quantization, precision));
    }

    private Band band(int resolution, int index, int right, int down, Quantization quantization, int precision)
            throws DecodingException {
        int power = resolution == 0 ? coding.levels() : coding.levels() - resolution + 1;
        long shiftX = right == 0 ? 0 : 1L << (power - 1);
        long shiftY = down == 0 ? 0 : 1L << (power - 1);
        int exponent = quantization.exponent(index, resolution);
        double step = coding.reversible()
                ? 1
                : Math.scalb(1 + quantization.mantissa(index) / 2048.0, precision + right + down - exponent);
        return new Band(
                index,
                right,
                down,
                divideUp(area[0] - shiftX, power),
                divideUp(area[1] - shiftY, power),
                divideUp(area[2] - shiftX, power),
                divideUp(area[3] - shiftY, power),
                quantization.guardBits() + exponent - 1,
                step);
    }

    private List<Precinct> precinctsOf(int resolution) throws DecodingException {
        int[] bounds = resolution(resolution);
        List<Precinct> found = new ArrayList<>();
        if (bounds[2] <= bounds[0] || bounds[3] <= bounds[1]) {
            return found;
        }
        int width = coding.precinctWidth(resolution);
        int height = coding.precinctHeight(resolution);
        int left = bounds[0] >> width;
        int top = bounds[1] >> height;
        int right = ((bounds[2] - 1) >> width) + 1;
        int bottom = ((bounds[3] - 1) >> height) + 1;
        countBlocks((long) (right - left) * (bottom - top));
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                found.add(precinct(resolution, found.size(), column, row));
            }
        }
        return found;
    }

    private Precinct precinct(int resolution, int number, int column, int row) throws DecodingException {
        int width = coding.precinctWidth(resolution);
        int height = coding.precinctHeight(resolution);
        int down = coding.levels() - resolution;
        int halved = resolution == 0 ? 0 : 1;
        int blockWidth = Math.min(coding.blockWidth(), width - halved);
        int blockHeight = Math.min(coding.blockHeight(), height - halved);
        List<Precinct.Part> parts = new ArrayList<>();
        for (Band band : bands.get(resolution)) {
            int[] part = {
                (int) Math.max(band.x0(), (long) column << (width - halved)),
                (int) Math.max(band.y0(), (long) row << (height - halved)),
                (int) Math.min(band.x1(), (column + 1L) << (width - halved)),
                (int) Math.min(band.y1(), (row + 1L) << (height - halved))
            };
            long wide = Math.max(0, part[2] - part[0]);
            long high = Math.max(0, part[3] - part[1]);
            countBlocks((wide >> blockWidth) * (high >> blockHeight));
            parts.add(Precinct.Part.of(band, part, blockWidth, blockHeight));
        }
        long x = Math.max(area[0], ((long) column << width) << down);
        long y = Math.max(area[1], ((long) row << height) << down);
        return new Precinct(resolution, component, number, x, y, parts);
    }

    private void countBlocks(long more) throws DecodingException {
        if (more > MOST_BLOCKS - blocks) {
            throw new DecodingException("a JPEG 2000 tile is cut into more than " + MOST_BLOCKS + " pieces");
        }
        blocks += (int) more;
    }
}
