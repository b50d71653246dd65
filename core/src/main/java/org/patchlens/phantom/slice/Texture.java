package org.patchlens.phantom.slice;

import org.patchlens.phantom.geometry.SmoothNoise;
import org.patchlens.tensor.Seed;

/// The grain of one patient's tissues.
///
/// @param wall of fat, muscles and bones
/// @param lung of the lungs
/// @param organ of liver, stomach and heart
public record Texture(SmoothNoise wall, SmoothNoise lung, SmoothNoise organ) {
    /// The grain of a patient.
    public static Texture of(Seed seed) {
        return new Texture(new SmoothNoise(seed.task(0)), new SmoothNoise(seed.task(1)), new SmoothNoise(seed.task(2)));
    }
}
