package org.patchlens.image.dicom.codec.jpeg2000;

/// A sub-band of a resolution (T.800 B.5), in its own coordinates.
///
/// @param index in the order of the quantization: 0 for the lowest, then three for each resolution
/// @param right 1 if it holds the horizontally high frequencies
/// @param down 1 if it holds the vertically high frequencies
/// @param x0 its first column
/// @param y0 its first row
/// @param x1 the column after its last
/// @param y1 the row after its last
/// @param planes the most bit planes of a code block (M_b)
/// @param step what a quantized value is worth; 1 if it is not quantized
record Band(int index, int right, int down, int x0, int y0, int x1, int y1, int planes, double step) {
    /// The binary logarithm of the gain of the band.
    int gain() {
        return right + down;
    }
}
