package org.patchlens.preprocess;

import org.patchlens.image.PixelImage;

/// The synthetic pictures of `tools/reference/preprocess.py`: edges, slopes and noise from integers only.
final class Pattern {
    private Pattern() {}

    static PixelImage draw(int height, int width, int channels, int seed) {
        byte[] samples = new byte[height * width * channels];
        int at = 0;
        for (long y = 0; y < height; y++) {
            for (long x = 0; x < width; x++) {
                for (long c = 0; c < channels; c++) {
                    long hash = (x * 73856093L ^ y * 19349663L ^ c * 83492791L ^ seed * 2654435761L) & 0xFFFFFFFFL;
                    long noise = (hash * 1103515245L + 12345 & 0x7FFFFFFFL) >> 16 & 63;
                    long slope = (x * 5 + y * 3 + c * 40) % 193;
                    long edge = (x / 9 + y / 7) % 2 == 0 ? 0 : 60;
                    samples[at++] = (byte) Math.clamp(slope + edge + noise - 20, 0, 255);
                }
            }
        }
        return PixelImage.ofBytes(width, height, channels, samples);
    }
}
