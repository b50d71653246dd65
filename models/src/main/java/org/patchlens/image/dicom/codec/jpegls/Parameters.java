package org.patchlens.image.dicom.codec.jpegls;

import org.patchlens.image.dicom.codec.DecodingException;

/// The coding parameters of a scan (T.87 C.2.4.1.1) and what follows from them (T.87 A.2).
///
/// @param largest the largest sample value (MAXVAL)
/// @param near how far a sample may be off; 0 for lossless
/// @param first the first threshold of gradients
/// @param second the second
/// @param third the third
/// @param reset after how many samples the statistics of a context are halved
record Parameters(int largest, int near, int first, int second, int third, int reset) {
    private static final int DEFAULT_RESET = 64;

    /// The parameters that hold where the stream sets none.
    static Parameters defaults(int largest, int near) {
        int first;
        int second;
        int third;
        if (largest >= 128) {
            int factor = (Math.min(largest, 4095) + 128) / 256;
            first = clamp(factor + 2 + 3 * near, near + 1, largest);
            second = clamp(4 * factor + 3 + 5 * near, first, largest);
            third = clamp(17 * factor + 4 + 7 * near, second, largest);
        } else {
            int factor = 256 / (largest + 1);
            first = clamp(Math.max(2, 3 / factor + 3 * near), near + 1, largest);
            second = clamp(Math.max(3, 7 / factor + 5 * near), first, largest);
            third = clamp(Math.max(4, 21 / factor + 7 * near), second, largest);
        }
        return new Parameters(largest, near, first, second, third, DEFAULT_RESET);
    }

    private static int clamp(int value, int low, int largest) {
        return value > largest || value < low ? low : value;
    }

    /// These parameters where a value is 0, the defaults.
    Parameters orDefaults() throws DecodingException {
        Parameters usual = defaults(largest, near);
        Parameters all = new Parameters(
                largest,
                near,
                first == 0 ? usual.first : first,
                second == 0 ? usual.second : second,
                third == 0 ? usual.third : third,
                reset == 0 ? DEFAULT_RESET : reset);
        boolean sound = near >= 0
                && near <= Math.min(255, largest / 2)
                && all.first > near
                && all.second >= all.first
                && all.third >= all.second
                && all.third <= Math.max(largest, near + 1)
                && all.reset >= 3;
        if (!sound) {
            throw new DecodingException("the JPEG-LS parameters are damaged");
        }
        return all;
    }

    /// How many different prediction errors there are (RANGE).
    int range() {
        return (largest + 2 * near) / (2 * near + 1) + 1;
    }

    /// The bits of a prediction error.
    int errorBits() {
        return 32 - Integer.numberOfLeadingZeros(range() - 1);
    }

    /// The longest code of a prediction error.
    int limit() {
        int bits = Math.max(2, 32 - Integer.numberOfLeadingZeros(largest));
        return 2 * (bits + Math.max(8, bits));
    }

    /// -4 to 4 for a gradient.
    int quantize(int gradient) {
        int size = Math.abs(gradient);
        int class4;
        if (size <= near) {
            return 0;
        } else if (size < first) {
            class4 = 1;
        } else if (size < second) {
            class4 = 2;
        } else if (size < third) {
            class4 = 3;
        } else {
            class4 = 4;
        }
        return gradient < 0 ? -class4 : class4;
    }
}
