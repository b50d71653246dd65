package org.patchlens.extract;

import java.util.Optional;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.nifti.VolumeChoice;
import org.patchlens.image.volume.SliceOptions;
import org.patchlens.preprocess.WindowChoice;

/// What is read from image files, before the model's own preprocessing.
///
/// @param window which values become black and white
/// @param slices how volumes become images
/// @param volume of NIfTI files that hold several
/// @param frames of animations
/// @param limits what is believed of a file
/// @param masks where the masks of the images are
/// @param privacy what the study may tell about people
public record Intake(
        WindowChoice window,
        SliceOptions slices,
        VolumeChoice volume,
        AnimationFrames frames,
        ImageLimits limits,
        Optional<MaskOptions> masks,
        PrivacyOptions privacy) {
    /// Usual windows, every slice, no masks, pseudonyms.
    public static final Intake DEFAULT = new Intake(
            WindowChoice.DEFAULT,
            SliceOptions.DEFAULT,
            VolumeChoice.FIRST,
            AnimationFrames.FIRST,
            ImageLimits.DEFAULT,
            Optional.empty(),
            PrivacyOptions.DEFAULT);

    /// The same with another window.
    public Intake withWindow(WindowChoice newWindow) {
        return new Intake(newWindow, slices, volume, frames, limits, masks, privacy);
    }

    /// The same with other slices.
    public Intake withSlices(SliceOptions newSlices) {
        return new Intake(window, newSlices, volume, frames, limits, masks, privacy);
    }

    /// The same with another volume of NIfTI files.
    public Intake withVolume(VolumeChoice newVolume) {
        return new Intake(window, slices, newVolume, frames, limits, masks, privacy);
    }

    /// The same with other frames of animations.
    public Intake withFrames(AnimationFrames newFrames) {
        return new Intake(window, slices, volume, newFrames, limits, masks, privacy);
    }

    /// The same with other limits.
    public Intake withLimits(ImageLimits newLimits) {
        return new Intake(window, slices, volume, frames, newLimits, masks, privacy);
    }

    /// The same with masks.
    public Intake withMasks(MaskOptions newMasks) {
        return new Intake(window, slices, volume, frames, limits, Optional.of(newMasks), privacy);
    }

    /// The same with another privacy.
    public Intake withPrivacy(PrivacyOptions newPrivacy) {
        return new Intake(window, slices, volume, frames, limits, masks, newPrivacy);
    }

    /// What decides the pixels, columns and names of a study, as one line for provenance.
    public String canonicalText() {
        String ofNifti =
                volume.equals(VolumeChoice.FIRST) ? "" : " volume=" + volume.volume() + " channel=" + volume.channel();
        String ofAnimations = switch (frames) {
            case FIRST -> "";
            case ALL -> " frames=all";
        };
        return "window " + window.canonicalText() + "; " + slices.canonicalText() + ofNifti + ofAnimations + "; "
                + privacy.canonicalText();
    }
}
