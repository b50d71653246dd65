package org.patchlens.image.dicom.codec.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.patchlens.image.dicom.codec.DecodingException;

/// The quantization of a component (T.800 A.6.4).
///
/// @param guardBits beyond the nominal range
/// @param derived whether only the lowest band has a step, from which the others follow
/// @param steps of each band: exponent in the bits from 11 up, mantissa in the low 11 bits
record Quantization(int guardBits, boolean derived, List<Integer> steps) {
    Quantization {
        steps = List.copyOf(steps);
    }

    static Quantization read(Marker marker) throws DecodingException {
        int style = marker.u8();
        List<Integer> steps = new ArrayList<>();
        boolean unquantized = (style & 31) == 0;
        while (marker.left() >= (unquantized ? 1 : 2)) {
            steps.add(unquantized ? marker.u8() >> 3 << 11 : marker.u16());
        }
        if ((style & 31) > 2 || steps.isEmpty()) {
            throw new DecodingException("the JPEG 2000 quantization is damaged");
        }
        return new Quantization(style >> 5, (style & 31) == 1, steps);
    }

    /// The exponent of a band's step.
    ///
    /// @param band 0 for the lowest, then three for each resolution
    /// @param resolution that the band belongs to
    int exponent(int band, int resolution) throws DecodingException {
        if (derived) {
            return Math.max(0, (steps.getFirst() >> 11) - Math.max(0, resolution - 1));
        }
        return step(band) >> 11;
    }

    /// The mantissa of a band's step, of 2048.
    int mantissa(int band) throws DecodingException {
        return (derived ? steps.getFirst() : step(band)) & 0x7FF;
    }

    private int step(int band) throws DecodingException {
        if (band >= steps.size()) {
            throw new DecodingException("the JPEG 2000 quantization lacks a band");
        }
        return steps.get(band);
    }
}
