package org.patchlens.image.raster;

import org.patchlens.image.PixelImage;

/// What an animation shows at one time: red, green, blue and opacity of every pixel, not multiplied with each
/// other.
final class Canvas {
    private static final int CHANNELS = 4;
    private static final int OPACITY = 3;

    private final Animation.Screen screen;
    private final short[] pixels;
    private boolean grey;
    private boolean sixteen;
    private Runnable disposal = () -> {};

    Canvas(Animation.Screen screen) {
        this.screen = screen;
        this.pixels = new short[Math.multiplyExact(Math.multiplyExact(screen.width(), screen.height()), CHANNELS)];
        clear();
    }

    private void clear() {
        grey = isGrey(screen.background());
        for (int at = 0; at < pixels.length; at += CHANNELS) {
            empty(at, screen.background());
        }
    }

    private static boolean isGrey(int colour) {
        return (colour >> 16 & 0xff) == (colour & 0xff) && (colour >> 8 & 0xff) == (colour & 0xff);
    }

    private void empty(int at, int colour) {
        int scale = sixteen ? 257 : 1;
        pixels[at] = (short) ((colour >> 16 & 0xff) * scale);
        pixels[at + 1] = (short) ((colour >> 8 & 0xff) * scale);
        pixels[at + 2] = (short) ((colour & 0xff) * scale);
        pixels[at + OPACITY] = 0;
    }

    /// Does away with the part before and draws the next one.
    void draw(Animation.Part part, Layer layer) {
        disposal.run();
        sixteen = layer.colours().depth() == PixelImage.Depth.U16;
        if (part.cleared()) {
            clear();
        }
        disposal = switch (part.disposal()) {
            case Animation.Disposal.Keep() -> () -> {};
            case Animation.Disposal.Empty(int colour) -> () -> empty(part, colour);
            case Animation.Disposal.Previous() -> restoring(pixels.clone());
        };
        grey &= layer.colours().channels() == 1;
        int columns = Math.min(layer.colours().width(), screen.width() - part.left());
        int rows = Math.min(layer.colours().height(), screen.height() - part.top());
        for (int y = 0; y < rows; y++) {
            int from = y * layer.colours().width();
            int to = ((part.top() + y) * screen.width() + part.left()) * CHANNELS;
            for (int x = 0; x < columns; x++, to += CHANNELS) {
                switch (part.blend()) {
                    case REPLACE -> replace(layer, from + x, to);
                    case OVER -> over(layer, from + x, to);
                }
            }
        }
    }

    private Runnable restoring(short[] before) {
        return () -> System.arraycopy(before, 0, pixels, 0, pixels.length);
    }

    private void empty(Animation.Part part, int colour) {
        grey &= isGrey(colour);
        int right = Math.min(screen.width(), part.left() + part.width());
        int bottom = Math.min(screen.height(), part.top() + part.height());
        for (int y = part.top(); y < bottom; y++) {
            for (int x = part.left(); x < right; x++) {
                empty((y * screen.width() + x) * CHANNELS, colour);
            }
        }
    }

    private void replace(Layer layer, int from, int to) {
        for (int channel = 0; channel < OPACITY; channel++) {
            pixels[to + channel] = (short) sample(layer.colours(), from, channel);
        }
        pixels[to + OPACITY] = (short) layer.opacity()[from];
    }

    /// Porter and Duff's "over", rounded to the nearest number.
    private void over(Layer layer, int from, int to) {
        long most = sixteen ? 0xffff : 0xff;
        long above = layer.opacity()[from] * most;
        long below = number(to + OPACITY) * (most - layer.opacity()[from]);
        long both = above + below;
        if (layer.opacity()[from] == 0) {
            return;
        }
        for (int channel = 0; channel < OPACITY; channel++) {
            long sum = sample(layer.colours(), from, channel) * above + number(to + channel) * below;
            pixels[to + channel] = (short) ((sum + both / 2) / both);
        }
        pixels[to + OPACITY] = (short) ((both + most / 2) / most);
    }

    private int number(int at) {
        return Short.toUnsignedInt(pixels[at]);
    }

    private static int sample(PixelImage image, int pixel, int channel) {
        int index = image.channels() == 1 ? pixel : pixel * image.channels() + channel;
        return switch (image.depth()) {
            case U8 -> Byte.toUnsignedInt(image.bytes()[index]);
            case U16 -> Short.toUnsignedInt(image.shorts()[index]);
            case F32 -> throw new IllegalArgumentException("an animation of floats");
        };
    }

    /// The colours as they are now, without their opacity; grey if all parts so far were.
    PixelImage image() {
        int channels = grey ? 1 : OPACITY;
        int count = screen.width() * screen.height();
        if (sixteen) {
            short[] shorts = new short[count * channels];
            for (int i = 0; i < shorts.length; i++) {
                shorts[i] = pixels[i / channels * CHANNELS + i % channels];
            }
            return PixelImage.ofShorts(screen.width(), screen.height(), channels, shorts);
        }
        byte[] bytes = new byte[count * channels];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i / channels * CHANNELS + i % channels];
        }
        return PixelImage.ofBytes(screen.width(), screen.height(), channels, bytes);
    }
}
