package org.patchlens.image;

import java.util.Optional;

/// A decoded image: `[height][width][channels]`, interleaved, row 0 at the top, one channel (grey) or three (red,
/// green, blue).
///
/// Samples keep the precision of the file: 8 bits, 16 bits, or 32-bit floats for everything else (signed values,
/// Hounsfield units, floating-point files). Nothing is windowed or scaled here. The arrays are not copied: who
/// passes one in or takes one out must not change it.
public final class PixelImage {
    /// How samples are held.
    public enum Depth {
        /// Unsigned bytes, 0 to 255.
        U8,
        /// Unsigned 16-bit numbers, 0 to 65,535.
        U16,
        /// Floats of any range.
        F32
    }

    private final int width;
    private final int height;
    private final int channels;
    private final Depth depth;
    private final Object samples;
    private final DisplayFunction display;
    private final Optional<PixelSpacing> spacing;
    private final PixelUnit unit;

    private PixelImage(
            int width,
            int height,
            int channels,
            Depth depth,
            Object samples,
            int length,
            DisplayFunction display,
            Optional<PixelSpacing> spacing,
            PixelUnit unit) {
        if (width < 1 || height < 1 || (channels != 1 && channels != 3) || length != (long) width * height * channels) {
            throw new IllegalArgumentException(
                    length + " samples for " + width + " x " + height + " pixels with " + channels + " channels");
        }
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.depth = depth;
        this.samples = samples;
        this.display = display;
        this.spacing = spacing;
        this.unit = unit;
    }

    /// An 8-bit image; black is 0, white 255.
    public static PixelImage ofBytes(int width, int height, int channels, byte[] samples) {
        return new PixelImage(
                width,
                height,
                channels,
                Depth.U8,
                samples,
                samples.length,
                new DisplayRange(0, 255),
                Optional.empty(),
                PixelUnit.UNSTATED);
    }

    /// A 16-bit image; black is 0, white 65,535 unless [#shownBetween] says otherwise.
    public static PixelImage ofShorts(int width, int height, int channels, short[] samples) {
        return new PixelImage(
                width,
                height,
                channels,
                Depth.U16,
                samples,
                samples.length,
                new DisplayRange(0, 65535),
                Optional.empty(),
                PixelUnit.UNSTATED);
    }

    /// An image of floats.
    ///
    /// @param black the value shown as black where nobody chooses a window
    /// @param white the value shown as white where nobody chooses a window; below `black` for inverted images
    public static PixelImage ofFloats(int width, int height, int channels, float[] samples, float black, float white) {
        return new PixelImage(
                width,
                height,
                channels,
                Depth.F32,
                samples,
                samples.length,
                new DisplayRange(black, white),
                Optional.empty(),
                PixelUnit.UNSTATED);
    }

    /// The same pixels, shown in another range.
    public PixelImage shownBetween(float newBlack, float newWhite) {
        return shownBy(new DisplayRange(newBlack, newWhite));
    }

    /// The same pixels, shown by another function.
    public PixelImage shownBy(DisplayFunction newDisplay) {
        return new PixelImage(width, height, channels, depth, samples, length(), newDisplay, spacing, unit);
    }

    /// The same pixels with their physical size.
    public PixelImage withSpacing(PixelSpacing newSpacing) {
        return new PixelImage(
                width, height, channels, depth, samples, length(), display, Optional.of(newSpacing), unit);
    }

    /// The same pixels, known to measure something.
    public PixelImage withUnit(PixelUnit newUnit) {
        return new PixelImage(width, height, channels, depth, samples, length(), display, spacing, newUnit);
    }

    private int length() {
        return width * height * channels;
    }

    /// In pixels.
    public int width() {
        return width;
    }

    /// In pixels.
    public int height() {
        return height;
    }

    /// 1 or 3.
    public int channels() {
        return channels;
    }

    /// How samples are held.
    public Depth depth() {
        return depth;
    }

    /// How values become shades where nobody chooses a window.
    public DisplayFunction display() {
        return display;
    }

    /// The black of the range of [#display].
    public float black() {
        return display.range().black();
    }

    /// The white of the range of [#display].
    public float white() {
        return display.range().white();
    }

    /// The distance between pixels, if the file tells.
    public Optional<PixelSpacing> spacing() {
        return spacing;
    }

    /// What the samples measure.
    public PixelUnit unit() {
        return unit;
    }

    /// The samples of an 8-bit image.
    ///
    /// @throws ClassCastException at any other depth
    public byte[] bytes() {
        return (byte[]) samples;
    }

    /// The samples of a 16-bit image.
    ///
    /// @throws ClassCastException at any other depth
    public short[] shorts() {
        return (short[]) samples;
    }

    /// The samples of an image of floats.
    ///
    /// @throws ClassCastException at any other depth
    public float[] floats() {
        return (float[]) samples;
    }

    /// One sample as a float, whatever the depth; for reading a few, not for loops over an image.
    public float sample(int x, int y, int channel) {
        int index = Math.addExact(Math.multiplyExact(y, width), x) * channels + channel;
        return switch (depth) {
            case U8 -> Byte.toUnsignedInt(bytes()[index]);
            case U16 -> Short.toUnsignedInt(shorts()[index]);
            case F32 -> floats()[index];
        };
    }
}
