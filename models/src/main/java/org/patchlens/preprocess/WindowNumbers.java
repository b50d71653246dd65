package org.patchlens.preprocess;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.patchlens.PatchlensException;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelUnit;
import org.patchlens.image.WindowFunction;

/// The windows that are written as numbers, and what is said about those that cannot be meant.
final class WindowNumbers {
    private static final String NUMBER = "([+-]?\\d{1,12}(?:\\.\\d{1,12})?)";
    private static final Pattern CENTRE_WIDTH = Pattern.compile(NUMBER + "/" + NUMBER + "(:exact)?");
    private static final Pattern PERCENTILE =
            Pattern.compile("percentile:(\\d{1,3}(?:\\.\\d{1,6})?)-(\\d{1,3}(?:\\.\\d{1,6})?)");

    private WindowNumbers() {}

    /// Reads `C/W`, `C/W:exact` or `percentile:a-b`; empty if the text is none of them.
    static Optional<Window> parse(String choice) {
        Matcher window = CENTRE_WIDTH.matcher(choice);
        if (window.matches()) {
            WindowFunction function = window.group(3) == null ? WindowFunction.LINEAR : WindowFunction.LINEAR_EXACT;
            return Optional.of(centreWidth(
                    choice, Double.parseDouble(window.group(1)), Double.parseDouble(window.group(2)), function));
        }
        Matcher percentile = PERCENTILE.matcher(choice);
        return percentile.matches()
                ? Optional.of(percentile(
                        choice, Double.parseDouble(percentile.group(1)), Double.parseDouble(percentile.group(2))))
                : Optional.empty();
    }

    private static Window centreWidth(String choice, double centre, double width, WindowFunction function) {
        double black = centre - width / 2;
        boolean wide = width > function.narrowest() && (float) black < (float) (black + width - function.narrowest());
        if (wide) {
            return new Window.CentreWidth(centre, width, function);
        }
        throw PatchlensException.usage(
                "--window " + choice,
                "the width must be above " + plain(function.narrowest())
                        + " and wide enough to tell black from white at this centre",
                function == WindowFunction.LINEAR
                        ? "Append :exact for narrow windows on data that are not whole numbers, such as 0.5/1:exact"
                        : "");
    }

    private static Window percentile(String choice, double low, double high) {
        if (low < high && high <= 100) {
            return new Window.Percentile(low, high);
        }
        throw PatchlensException.usage(
                "--window " + choice, "percentiles go from 0 to 100, the lower one first", "Use percentile:1-99");
    }

    static PatchlensException unknown(String text) {
        String presets =
                Arrays.stream(WindowPreset.values()).map(WindowPreset::id).collect(Collectors.joining(", "));
        return PatchlensException.usage(
                "--window " + text,
                "no such window",
                "Use " + presets + ", centre/width such as -600/1500, auto, percentile:1-99 or full");
    }

    /// A preset means Hounsfield units. A file that does not name its unit is believed if its values could be
    /// Hounsfield units: signed, scaled or floating-point numbers, not the unsigned bytes of a picture.
    static void refuseOtherUnits(WindowPreset preset, PixelImage image) {
        boolean possible = image.depth() == PixelImage.Depth.F32 && image.channels() == 1;
        if (image.unit() == PixelUnit.HOUNSFIELD || (image.unit() == PixelUnit.UNSTATED && possible)) {
            return;
        }
        String found = switch (image.depth()) {
            case U8 -> "an 8-bit picture";
            case U16 -> "a 16-bit picture";
            case F32 -> "measured in another unit";
        };
        throw PatchlensException.usage(
                "--window " + preset.id(),
                "this window is in Hounsfield units, but the image is " + found,
                "Use auto, full, percentile:1-99 or centre/width in the units of the image");
    }

    /// A number without exponent and without needless zeros.
    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
