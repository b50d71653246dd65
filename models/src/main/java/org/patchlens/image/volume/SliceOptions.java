package org.patchlens.image.volume;

import java.util.Optional;

/// How a volume is cut into images.
///
/// @param plane the direction, or empty for [Plane#natural]
/// @param selection which slices
/// @param skipAir whether slices that show nothing but air are left out, see [AirRule]
/// @param resample whether slices are resampled to square pixels, see [SquarePixels]
public record SliceOptions(Optional<Plane> plane, SliceSelection selection, boolean skipAir, boolean resample) {
    /// Every slice of the natural plane, as it is.
    public static final SliceOptions DEFAULT =
            new SliceOptions(Optional.empty(), new SliceSelection.All(), false, false);

    /// The same options with another plane.
    public SliceOptions withPlane(Plane newPlane) {
        return new SliceOptions(Optional.of(newPlane), selection, skipAir, resample);
    }

    /// The same options with other slices.
    public SliceOptions withSelection(SliceSelection newSelection) {
        return new SliceOptions(plane, newSelection, skipAir, resample);
    }

    /// The same options with slices of air left out.
    public SliceOptions skippingAir() {
        return new SliceOptions(plane, selection, true, resample);
    }

    /// The same options with square pixels.
    public SliceOptions resampled() {
        return new SliceOptions(plane, selection, skipAir, true);
    }

    /// The options as one line for provenance, such as `plane=axial slices=every:4 skip-air resample`.
    public String canonicalText() {
        return "plane=" + plane.map(Plane::id).orElse("natural") + " slices=" + selection.id()
                + (skipAir ? " skip-air" : "") + (resample ? " resample" : "");
    }
}
