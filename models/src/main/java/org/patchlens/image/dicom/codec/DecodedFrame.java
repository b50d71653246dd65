package org.patchlens.image.dicom.codec;

/// The samples of a frame, `[rows][columns][samples]`, interleaved.
public final class DecodedFrame {
    private final int[] values;
    private final boolean signed;
    private final Color color;

    public DecodedFrame(int[] values, boolean signed, Color color) {
        this.values = values;
        this.signed = signed;
        this.color = color;
    }

    /// One number per sample; not copied.
    public int[] values() {
        return values;
    }

    /// Whether the codec itself knows the numbers to be signed.
    public boolean signed() {
        return signed;
    }

    /// What the codec knows about the meaning of three samples.
    public Color color() {
        return color;
    }

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
