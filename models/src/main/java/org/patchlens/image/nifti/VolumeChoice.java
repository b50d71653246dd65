package org.patchlens.image.nifti;

/// Which block of a file of several volumes is read.
///
/// @param volume along the fourth dimension (time), from 0
/// @param channel along the fifth dimension, from 0
public record VolumeChoice(int volume, int channel) {
    /// The first channel of the first volume.
    public static final VolumeChoice FIRST = new VolumeChoice(0, 0);

    public VolumeChoice {
        if (volume < 0 || channel < 0) {
            throw new IllegalArgumentException("volume " + volume + ", channel " + channel);
        }
    }
}
