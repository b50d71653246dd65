package org.patchlens.image.dicom.pixel;

import java.util.Optional;

/// What the samples of a pixel mean (PS3.3 C.7.6.3.1.2).
public enum Photometric {
    /// Grey, the lowest value is white.
    MONOCHROME1("MONOCHROME1", 1),
    /// Grey, the lowest value is black.
    MONOCHROME2("MONOCHROME2", 1),
    /// An index into a table of colours.
    PALETTE_COLOR("PALETTE COLOR", 1),
    RGB("RGB", 3),
    YBR_FULL("YBR_FULL", 3),
    YBR_FULL_422("YBR_FULL_422", 3),
    YBR_PARTIAL_422("YBR_PARTIAL_422", 3),
    YBR_PARTIAL_420("YBR_PARTIAL_420", 3),
    YBR_ICT("YBR_ICT", 3),
    YBR_RCT("YBR_RCT", 3);

    private final String term;
    private final int samples;

    Photometric(String term, int samples) {
        this.term = term;
        this.samples = samples;
    }

    static Optional<Photometric> find(String term) {
        for (Photometric value : values()) {
            if (value.term.equals(term)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /// As the header writes it.
    public String term() {
        return term;
    }

    /// Samples per pixel.
    public int samples() {
        return samples;
    }

    /// Whether samples are a luminance and two colour differences.
    boolean luminance() {
        return switch (this) {
            case YBR_FULL, YBR_FULL_422, YBR_PARTIAL_422, YBR_PARTIAL_420, YBR_ICT, YBR_RCT -> true;
            case MONOCHROME1, MONOCHROME2, PALETTE_COLOR, RGB -> false;
        };
    }

    /// Whether uncompressed colour differences are stored for every second pixel only.
    boolean halved() {
        return this == YBR_FULL_422 || this == YBR_PARTIAL_422;
    }
}
