package org.patchlens.phantom.scanner;

import java.util.Locale;

/// The scanners that there are; none is modelled after a product.
public enum Scanner {
    ALDER_64(new Kernel(0.62, 0.15, 0.75), 13, 2.5, 1.06),
    ALDER_16(new Kernel(0.75, 0, 0.9), 15, 4, 1.08),
    BIRCH_128(new Kernel(0.42, 0.75, 0.45), 21, 1.5, 1.14),
    BIRCH_20(new Kernel(0.5, 0.5, 0.5), 22, 3, 1.18);

    private final double blur;
    private final double sharpening;
    private final double grain;
    private final double noise;
    private final double thickness;
    private final double margin;

    Scanner(Kernel kernel, double noise, double thickness, double margin) {
        this.blur = kernel.blur();
        this.sharpening = kernel.sharpening();
        this.grain = kernel.grain();
        this.noise = noise;
        this.thickness = thickness;
        this.margin = margin;
    }

    /// The name in tables, such as `alder-64`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How it reconstructs.
    public Kernel kernel() {
        return new Kernel(blur, sharpening, grain);
    }

    /// Standard deviation of the noise in a body of usual size at full dose, in Hounsfield units.
    public double noise() {
        return noise;
    }

    /// Of a slice, in millimetres.
    public double thickness() {
        return thickness;
    }

    /// The field of view as a multiple of the body's width.
    public double margin() {
        return margin;
    }
}
