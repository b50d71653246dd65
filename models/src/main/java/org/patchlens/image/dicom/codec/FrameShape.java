package org.patchlens.image.dicom.codec;

/// The size that the header promises for a frame. A codec refuses anything else before it takes memory.
///
/// @param columns in pixels
/// @param rows in pixels
/// @param samples per pixel, 1 or 3
public record FrameShape(int columns, int rows, int samples) {
    /// A frame up to this many samples may be blank and therefore tiny in the file.
    private static final long BLANK_SAMPLES = 16L << 20;

    /// More than any codec reaches on a large picture that shows something.
    private static final long SAMPLES_PER_BYTE = 2000;

    public FrameShape {
        if (columns < 1 || rows < 1 || (samples != 1 && samples != 3)) {
            throw new IllegalArgumentException(columns + " x " + rows + " pixels of " + samples + " samples");
        }
    }

    /// The number of samples of the frame.
    ///
    /// @throws DecodingException if it is absurd for the number of compressed bytes
    public int count(long compressedBytes) throws DecodingException {
        long count = (long) columns * rows * samples;
        if (count > Math.max(BLANK_SAMPLES, compressedBytes * SAMPLES_PER_BYTE) || count > Integer.MAX_VALUE - 16) {
            throw new DecodingException(compressedBytes + " bytes cannot hold " + columns + " x " + rows + " pixels of "
                    + samples + " samples");
        }
        return (int) count;
    }

    /// Refuses a stream of another size.
    ///
    /// @throws DecodingException if a compressed stream tells another size than the header
    public void require(long streamColumns, long streamRows, int streamSamples) throws DecodingException {
        if (streamColumns != columns || streamRows != rows || streamSamples != samples) {
            throw new DecodingException(
                    "the compressed stream holds " + streamColumns + " x " + streamRows + " pixels of " + streamSamples
                            + " samples where the header promises " + columns + " x " + rows + " of " + samples);
        }
    }
}
