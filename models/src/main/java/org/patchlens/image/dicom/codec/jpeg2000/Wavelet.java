package org.patchlens.image.dicom.codec.jpeg2000;

/// The inverse wavelet transforms (T.800 annex F), by lifting, in place on interleaved coefficients: at an even
/// place of the image lies a low, at an odd place a high frequency. Neighbours beyond the edge are mirrored.
final class Wavelet {
    private static final double ALPHA = -1.586134342059924;
    private static final double BETA = -0.052980118572961;
    private static final double GAMMA = 0.882911075530934;
    private static final double DELTA = 0.443506852043971;
    private static final double SCALE = 1.230174104914001;

    private Wavelet() {}

    /// Undoes one level of the reversible 5/3 transform.
    ///
    /// @param area left, top, right, bottom of the resolution; only whether left and top are odd matters
    static void reversible(int[] values, int[] area) {
        int width = area[2] - area[0];
        int height = area[3] - area[1];
        Steps.Whole rows = new Steps.Whole(values, 1, 1);
        int oddLeft = area[0] & 1;
        int oddTop = area[1] & 1;
        for (int y = 0; y < height; y++) {
            if (width == 1) {
                rows.halve(y * width, 1, oddLeft);
            } else {
                rows.even(y * width, width, oddLeft);
                rows.odd(y * width, width, oddLeft);
            }
        }
        Steps.Whole columns = new Steps.Whole(values, width, width);
        if (height == 1) {
            columns.halve(0, width, oddTop);
        } else {
            columns.even(0, height, oddTop);
            columns.odd(0, height, oddTop);
        }
    }

    /// Undoes one level of the irreversible 9/7 transform.
    ///
    /// @param area left, top, right, bottom of the resolution; only whether left and top are odd matters
    static void irreversible(float[] values, int[] area) {
        int width = area[2] - area[0];
        int height = area[3] - area[1];
        Steps.Real rows = new Steps.Real(values, 1, 1);
        for (int y = 0; y < height; y++) {
            lift(rows, y * width, width, area[0] & 1);
        }
        lift(new Steps.Real(values, width, width), 0, height, area[1] & 1);
    }

    private static void lift(Steps.Real steps, int start, int length, int odd) {
        if (length == 1) {
            if (odd == 1) {
                steps.scale(start, 1, 0, 0.5f);
            }
            return;
        }
        steps.scale(start, length, odd, (float) SCALE);
        steps.scale(start, length, 1 - odd, (float) (1 / SCALE));
        steps.add(start, length, odd, (float) -DELTA);
        steps.add(start, length, 1 - odd, (float) -GAMMA);
        steps.add(start, length, odd, (float) -BETA);
        steps.add(start, length, 1 - odd, (float) -ALPHA);
    }
}
