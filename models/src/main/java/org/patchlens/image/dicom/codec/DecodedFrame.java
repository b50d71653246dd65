package org.patchlens.image.dicom.codec;

/// The samples of a frame, `[rows][columns][samples]`, interleaved.
///
/// @param values one number per sample; not copied
/// @param signed whether the codec itself knows the numbers to be signed
/// @param color what the codec knows about the meaning of three samples
public record DecodedFrame(int[] values, boolean signed, Color color) {
    /// What the compressed stream says about its colours.
    public enum Color {
        /// Nothing: the header decides.
        AS_LABELLED,
        /// Red, green, blue, whatever the header says.
        RGB,
        /// Luminance and two colour differences, whatever the header says.
        YBR
    }
}
