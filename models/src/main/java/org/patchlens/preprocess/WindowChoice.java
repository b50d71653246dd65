package org.patchlens.preprocess;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.image.DisplayFunction;
import org.patchlens.image.PixelImage;

/// The value of `--window`: one window for the whole image, or three for its red, green and blue channel.
///
/// @param windows one or three
public record WindowChoice(List<Window> windows) {
    /// What is used where nobody chooses, see [Window.Default].
    public static final WindowChoice DEFAULT = new WindowChoice(List.of(new Window.Default()));

    private static final int CHANNELS = 3;
    private static final float WHITE = 255;

    public WindowChoice {
        windows = List.copyOf(windows);
        if (windows.size() != 1 && windows.size() != CHANNELS) {
            throw new IllegalArgumentException(windows.size() + " windows");
        }
    }

    /// Reads one window or three, separated by commas, see [Window#parse].
    public static WindowChoice parse(String text) {
        List<Window> windows = Pattern.compile(",")
                .splitAsStream(text + " ")
                .map(Window::parse)
                .toList();
        if (windows.size() != 1 && windows.size() != CHANNELS) {
            throw PatchlensException.usage(
                    "--window " + text,
                    windows.size() + " windows were given; an image has one, or one for each of three channels",
                    "Give one or three, such as lung,mediastinum,bone");
        }
        return new WindowChoice(windows);
    }

    /// Applies the window.
    ///
    /// One window leaves the samples alone and sets how they are shown. Three windows make an image
    /// of three channels of floats, 0 (black) to 255 (white), clamped and not rounded; NaN becomes black.
    ///
    /// @param image of any depth; of one channel for three windows
    public PixelImage apply(PixelImage image) {
        if (windows.size() == 1) {
            return image.shownBy(windows.getFirst().display(image));
        }
        if (image.channels() != 1) {
            throw PatchlensException.usage(
                    "--window " + canonicalText(),
                    "three windows fill three channels, but the image has colours already",
                    "Use one window for colour images");
        }
        return threeChannels(
                image, windows.stream().map(window -> window.display(image)).toList());
    }

    private static PixelImage threeChannels(PixelImage image, List<DisplayFunction> displays) {
        float[] samples = new float[Math.multiplyExact(image.width() * image.height(), CHANNELS)];
        int to = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                float value = image.sample(x, y, 0);
                for (DisplayFunction display : displays) {
                    samples[to++] = WHITE * display.shade(value);
                }
            }
        }
        PixelImage windowed = PixelImage.ofFloats(image.width(), image.height(), CHANNELS, samples, 0, WHITE);
        return image.spacing().map(windowed::withSpacing).orElse(windowed);
    }

    /// The choice as one word for provenance, such as `lung(-600/1500),mediastinum(40/400),bone(400/1800)`.
    public String canonicalText() {
        return windows.stream().map(Window::canonicalText).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return canonicalText();
    }
}
