package org.patchlens.image.dicom.codec.jpeg2000;

/// The multiple component transforms, undone (T.800 annex G).
final class ColorMix {
    private ColorMix() {}

    /// From Y, U, V to red, green, blue without loss, in place.
    static int[][] reversible(int[][] planes) {
        int[] first = planes[0];
        int[] second = planes[1];
        int[] third = planes[2];
        for (int i = 0; i < first.length; i++) {
            int green = first[i] - ((second[i] + third[i]) >> 2);
            first[i] = third[i] + green;
            third[i] = second[i] + green;
            second[i] = green;
        }
        return planes;
    }

    /// From Y, Cb, Cr to red, green, blue, in place.
    static void irreversible(float[][] planes) {
        for (int i = 0; i < planes[0].length; i++) {
            float y = planes[0][i];
            float cb = planes[1][i];
            float cr = planes[2][i];
            planes[0][i] = y + 1.402f * cr;
            planes[1][i] = y - 0.344136f * cb - 0.714136f * cr;
            planes[2][i] = y + 1.772f * cb;
        }
    }

    static int[] rounded(float[] values) {
        int[] whole = new int[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) Math.rint(values[i]);
        }
        return whole;
    }
}
