package org.patchlens.preprocess;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kernel that weighs source pixels when an image is resized. When an image shrinks, the kernel is stretched
/// by the factor, which averages what would alias.
public enum ResampleFilter {
    /// The pixel that lies there; no kernel.
    NEAREST(0, 0),
    /// A sinc under a wider sinc, 6 pixels wide.
    LANCZOS(1, 3),
    /// A triangle, 2 pixels wide.
    BILINEAR(2, 1),
    /// Cubic convolution with a = -0.5 (Keys 1981, equation 4), 4 pixels wide.
    BICUBIC(3, 2),
    /// The mean of the covered pixels, 1 pixel wide.
    BOX(4, 0.5),
    /// A sinc under a Hamming window, 2 pixels wide.
    HAMMING(5, 1);

    private static final double CUBIC = -0.5;

    private final int code;
    private final double support;

    ResampleFilter(int code, double support) {
        this.code = code;
        this.support = support;
    }

    /// The filter behind a number of `PIL.Image.Resampling`, as `preprocessor_config.json` has it.
    public static Optional<ResampleFilter> ofCode(int code) {
        return Arrays.stream(values()).filter(filter -> filter.code == code).findFirst();
    }

    /// Half the width of the kernel, in pixels of the source when it is not stretched.
    double support() {
        return support;
    }

    /// The kernel, not normalized.
    ///
    /// @param x distance from the centre in pixels
    double weight(double x) {
        double distance = Math.abs(x);
        return switch (this) {
            case NEAREST -> throw new IllegalStateException("the nearest pixel is not a weighted sum");
            case LANCZOS -> distance < 3 ? sinc(x) * sinc(x / 3) : 0;
            case BILINEAR -> distance < 1 ? 1 - distance : 0;
            case BICUBIC -> cubic(distance);
            case BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
            case HAMMING -> hamming(distance);
        };
    }

    private static double cubic(double x) {
        if (x < 1) {
            return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC : 0;
    }

    private static double hamming(double x) {
        if (x == 0) {
            return 1;
        }
        return x >= 1 ? 0 : Math.sin(x * Math.PI) / (x * Math.PI) * (0.54 + 0.46 * Math.cos(x * Math.PI));
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
