package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.image.dicom.codec.DecodingException;

/// How the coefficients of a component are coded (T.800 A.6.1 and A.6.2).
///
/// @param levels of decomposition, 0 to 32
/// @param blockWidth of a code block as a power of two
/// @param blockHeight of a code block as a power of two
/// @param style flags, see the constants
/// @param reversible whether the wavelet is 5/3; else 9/7
/// @param precincts their size at each resolution: width in the low, height in the high 4 bits, powers of two
record Coding(int levels, int blockWidth, int blockHeight, int style, boolean reversible, List<Integer> precincts) {
    static final int BYPASS = 1;
    static final int RESET = 2;
    static final int TERMINATE_ALL = 4;
    static final int VERTICALLY_CAUSAL = 8;
    static final int SEGMENTATION_SYMBOLS = 32;

    private static final int HIGH_THROUGHPUT = 64;
    private static final int LARGEST_PRECINCT = 0xFF;

    Coding {
        precincts = List.copyOf(precincts);
    }

    /// @param ownPrecincts whether sizes of precincts follow
    static Coding read(Marker marker, boolean ownPrecincts) throws DecodingException {
        int levels = marker.u8();
        int width = marker.u8() + 2;
        int height = marker.u8() + 2;
        int style = marker.u8();
        int transform = marker.u8();
        if ((style & HIGH_THROUGHPUT) != 0) {
            throw new DecodingException("High-Throughput JPEG 2000 is not supported");
        }
        if (levels > 32 || width > 10 || height > 10 || width + height > 12 || transform > 1) {
            throw new DecodingException("the JPEG 2000 coding style is damaged");
        }
        List<Integer> precincts = new ArrayList<>();
        for (int i = 0; i <= levels; i++) {
            int size = ownPrecincts ? marker.u8() : LARGEST_PRECINCT;
            if (i > 0 && ((size & 15) == 0 || size >> 4 == 0)) {
                throw new DecodingException("a JPEG 2000 precinct has no size");
            }
            precincts.add(size);
        }
        return new Coding(levels, width, height, style, transform == 1, precincts);
    }

    /// The width of a precinct as a power of two.
    int precinctWidth(int resolution) {
        return precincts.get(resolution) & 15;
    }

    /// The height of a precinct as a power of two.
    int precinctHeight(int resolution) {
        return precincts.get(resolution) >> 4;
    }

    boolean has(int flag) {
        return (style & flag) != 0;
    }
}
