package org.patchlens.image.dicom.codec.jpeg;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchlens.image.dicom.codec.DecodingException;

/// The scan header (T.81 B.2.3) with the tables in force.
///
/// @param parts the components of the scan
/// @param spectralStart the first coefficient; the predictor of a lossless scan
/// @param spectralEnd the last coefficient
/// @param high the previous bit position of a refinement; 0 for a first scan
/// @param low the bit position; the point transform of a lossless scan
/// @param restartInterval in units of the scan, 0 for none
record Scan(List<Part> parts, int spectralStart, int spectralEnd, int high, int low, int restartInterval) {
    Scan {
        parts = List.copyOf(parts);
    }

    /// @param component of the frame
    /// @param dc the table of DC differences
    /// @param ac the table of AC coefficients
    record Part(
            JpegHeader.Component component,
            @Nullable HuffmanTable dc,
            @Nullable HuffmanTable ac) {
        HuffmanTable requireDc() throws DecodingException {
            return require(dc);
        }

        HuffmanTable requireAc() throws DecodingException {
            return require(ac);
        }

        private static HuffmanTable require(@Nullable HuffmanTable table) throws DecodingException {
            if (table == null) {
                throw new DecodingException("a scan names a Huffman table that is not there");
            }
            return table;
        }
    }
}
