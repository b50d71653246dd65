package org.patchlens.preprocess;

import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.image.DisplayFunction;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.Percentiles;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelUnit;
import org.patchlens.image.WindowFunction;

/// Which values of an image are shown as black and white, before anything else is done to it.
public sealed interface Window {
    /// A window with a name, in Hounsfield units.
    record Preset(WindowPreset preset) implements Window {}

    /// A window in the units of the image.
    ///
    /// @param centre shown as middle grey
    /// @param width above [WindowFunction#narrowest]
    record CentreWidth(double centre, double width, WindowFunction function) implements Window {
        public CentreWidth {
            if (!Double.isFinite(centre) || !(width > function.narrowest()) || !Double.isFinite(width)) {
                throw new IllegalArgumentException("a window of " + centre + "/" + width);
            }
        }
    }

    /// What the file asks for, curves included; without it what its reader found: the whole range of pictures,
    /// the percentiles 1
    /// and 99 of the volume for NIfTI.
    record Auto() implements Window {}

    /// Between two percentiles of the image itself.
    ///
    /// @param low 0 to 100
    /// @param high above `low`, at most 100
    record Percentile(double low, double high) implements Window {
        public Percentile {
            if (!(low >= 0 && high > low && high <= 100)) {
                throw new IllegalArgumentException("percentiles " + low + " to " + high);
            }
        }
    }

    /// From the smallest to the largest value of the image itself.
    record Full() implements Window {}

    /// What is used where nobody chooses: [WindowPreset#LUNG] for images in Hounsfield units, else [Auto].
    ///
    /// Not the file's own window for CT: it differs from site to site, and a model would see the site in it.
    record Default() implements Window {}

    /// Reads one window: a preset, `C/W`, `C/W:exact`, `auto`, `percentile:a-b`, `full` or `default`.
    static Window parse(String text) {
        String choice = text.strip().toLowerCase(Locale.ROOT);
        Optional<WindowPreset> preset = WindowPreset.find(choice);
        if (preset.isPresent()) {
            return new Preset(preset.get());
        }
        return switch (choice) {
            case "auto" -> new Auto();
            case "full" -> new Full();
            case "default" -> new Default();
            default -> WindowNumbers.parse(choice).orElseThrow(() -> WindowNumbers.unknown(text));
        };
    }

    /// How this window shows an image. Where the image is inverted (its black above its white) the result is too.
    ///
    /// @throws PatchlensException if a preset meets an image that is not in Hounsfield units
    default DisplayFunction display(PixelImage image) {
        return switch (this) {
            case Preset(WindowPreset preset) -> {
                WindowNumbers.refuseOtherUnits(preset, image);
                yield like(image, WindowFunction.LINEAR.range(preset.centre(), preset.width()));
            }
            case CentreWidth(double centre, double width, WindowFunction function) ->
                like(image, function.range(centre, width));
            case Auto() -> image.display();
            case Percentile(double low, double high) ->
                like(image, DisplayRange.between(Percentiles.of(image), low, high));
            case Full() -> like(image, DisplayRange.between(Percentiles.of(image), 0, 100));
            case Default() ->
                image.unit() == PixelUnit.HOUNSFIELD
                        ? new Preset(WindowPreset.LUNG).display(image)
                        : new Auto().display(image);
        };
    }

    private static DisplayRange like(PixelImage image, DisplayRange range) {
        return image.black() > image.white() ? range.inverted() : range;
    }

    /// The window as one word for provenance; presets with their numbers. [#parse] reads all but the numbers of
    /// presets.
    default String canonicalText() {
        return switch (this) {
            case Preset(WindowPreset preset) -> preset.id() + "(" + preset.centre() + "/" + preset.width() + ")";
            case CentreWidth(double centre, double width, WindowFunction function) ->
                WindowNumbers.plain(centre) + "/" + WindowNumbers.plain(width)
                        + (function == WindowFunction.LINEAR_EXACT ? ":exact" : "");
            case Auto() -> "auto";
            case Percentile(double low, double high) ->
                "percentile:" + WindowNumbers.plain(low) + "-" + WindowNumbers.plain(high);
            case Full() -> "full";
            case Default() -> "default(HU:" + new Preset(WindowPreset.LUNG).canonicalText() + ",else:auto)";
        };
    }
}
