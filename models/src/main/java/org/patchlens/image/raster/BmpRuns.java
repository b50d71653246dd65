package org.patchlens.image.raster;

/// Walks the run-length codes of a BMP without decoding them, because the decoder draws what there is of a damaged
/// stream and says nothing.
///
/// @param bits per pixel, 8 or 4
record BmpRuns(Source source, long width, long height, int bits) {
    /// Refuses a stream that leaves the image or ends before it says so.
    void check(int start) {
        long x = 0;
        long y = 0;
        int at = start;
        while (true) {
            int count = source.u8(at);
            int code = source.u8(at + 1);
            at += 2;
            if (count > 0) {
                x += count;
            } else if (code == 0) {
                x = 0;
                y++;
            } else if (code == 1) {
                return;
            } else if (code == 2) {
                x += source.u8(at);
                y += source.u8(at + 1);
                at += 2;
            } else {
                x += code;
                at += (code * bits / 8 + (code * bits % 16 == 0 ? 0 : 1) + 1) / 2 * 2;
            }
            if (x > width || y > height) {
                throw source.damaged("its run-length codes leave the image at byte " + at);
            }
        }
    }
}
