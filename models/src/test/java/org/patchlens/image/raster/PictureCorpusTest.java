package org.patchlens.image.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.image.PixelImage;

/// Every picture of the shared collection against what Pillow 12.3 reads: size after rotation, and the mean of
/// red, green and blue, or least, greatest and mean sample of grey images of more than 8 bits.
class PictureCorpusTest {
    /// JPEG decoders may differ by a step per pixel in the inverse transform, and lossy WebP in the upsampling of
    /// chroma; the collection allows 2 for the mean.
    private static final double LOSSY = 2;

    /// Pillow converts 16-bit ink to colour in 8 bits, which is half a step per rounding.
    private static final double ROUNDED = 0.6;

    /// Pillow cuts premultiplied 16-bit colour to 8 bits before it divides by alpha, here it is divided in 16
    /// bits. The same cut applied to the same samples gives Pillow's mean to the last digit.
    private static final double UNMULTIPLIED_IN_BYTES = 2.5;

    /// For the sum of a mean in double precision.
    private static final double EXACT = 1e-9;

    /// The scan of this JPEG is broken in every second row of blocks. Pillow shows grey bars; here it is refused.
    private static final String BROKEN_SCAN = "pil_hopper_bad_exif.jpg";

    /// Pillow takes these signed samples for unsigned ones; the mean as `numpy.int8` is 47.808546915281056.
    private static final String SIGNED = "tm_signed-integral-8bit.tif";

    /// Pillow 12.3 and 13.0 garble its planes: the same flower as `tm_flower-palette-08.tif`, brighter by a third.
    private static final String GARBLED_BY_PILLOW = "tm_flower-rgb-planar-16.tif";

    static List<Corpus.Entry> entries() {
        return Corpus.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void isReadAsExpected(Corpus.Entry entry) {
        Optional<PixelImage> image = read(entry);
        if (List.of(BROKEN_SCAN, SIGNED, GARBLED_BY_PILLOW).contains(entry.name())) {
            return;
        }
        switch (entry.verdict()) {
            case "good", "good_if_supported" -> {
                assertThat(image).as("%s must be read", entry).isPresent();
                assertLikePillow(entry, image.orElseThrow());
            }
            case "good_or_error" -> image.ifPresent(read -> assertLikePillow(entry, read));
            case "error_or_partial" ->
                image.ifPresent(read -> {
                    assertThat(entry.meanColour()).as("%s is damaged", entry).isPresent();
                    assertLikePillow(entry, read);
                });
            case "error", "error_or_slow" ->
                assertThat(image).as("%s must be refused", entry).isEmpty();
            default -> throw new AssertionError("unknown verdict " + entry.verdict());
        }
    }

    @Test
    void aBrokenScanIsRefused() {
        assertThat(read(entry(BROKEN_SCAN))).isEmpty();
    }

    @Test
    void signedSamplesKeepTheirSign() {
        PixelImage image = read(entry(SIGNED)).orElseThrow();
        assertThat(image.depth()).isEqualTo(PixelImage.Depth.F32);
        assertThat(image.black()).isEqualTo(-1);
        assertThat(image.white()).isEqualTo(96);
        assertThat(meanColour(image)[0]).isCloseTo(47.808546915281056, within(1e-6));
    }

    /// The palette file has 256 colours for the same picture, so that means agree to about one step.
    @Test
    void planesOfSixteenBitsAreReadInOrder() {
        double[] palette = entry("tm_flower-palette-08.tif").meanColour().orElseThrow();
        assertThat(meanColour(read(entry(GARBLED_BY_PILLOW)).orElseThrow())).containsExactly(palette, within(1.0));
    }

    private static Corpus.Entry entry(String name) {
        return entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<PixelImage> read(Corpus.Entry entry) {
        try (ImageFile file = ImageReaders.open(entry.path(), ImageLimits.DEFAULT)) {
            return Optional.of(file.read(0));
        } catch (PatchlensException e) {
            assertThat(e.category()).isEqualTo(PatchlensException.Category.BAD_DATA);
            assertThat(e.getMessage()).contains(entry.name()).hasLineCount(1);
            return Optional.empty();
        }
    }

    private static void assertLikePillow(Corpus.Entry entry, PixelImage image) {
        if (entry.pillow().path("oriented_width").isNumber()) {
            assertThat(image.width())
                    .isEqualTo(entry.pillow().path("oriented_width").asInt());
            assertThat(image.height())
                    .isEqualTo(entry.pillow().path("oriented_height").asInt());
        }
        entry.meanColour().ifPresent(expected -> {
            double[] mean = meanColour(image);
            for (int channel = 0; channel < 3; channel++) {
                assertThat(mean[channel]).isCloseTo(expected[channel], within(tolerance(entry, image)));
            }
        });
        boolean deepGrey = entry.pillow().path("mode").asString("").startsWith("I")
                || entry.pillow().path("mode").asString("").equals("F");
        if (deepGrey && entry.pillow().path("raw").path("mean").isNumber()) {
            assertDeepGrey(entry, image);
        }
    }

    private static void assertDeepGrey(Corpus.Entry entry, PixelImage image) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                float value = image.sample(x, y, 0);
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
            }
        }
        assertThat(image.channels()).isEqualTo(1);
        assertThat(least).isEqualTo(entry.pillow().path("raw").path("min").asDouble());
        assertThat(most).isEqualTo(entry.pillow().path("raw").path("max").asDouble());
        assertThat(sum / image.width() / image.height())
                .isCloseTo(entry.pillow().path("raw").path("mean").asDouble(), within(most * 1e-6));
    }

    private static double tolerance(Corpus.Entry entry, PixelImage image) {
        String format = entry.pillow().path("format").asString("");
        if (entry.name().equals("pil_tiff_16bit_RGBa.tiff")) {
            return UNMULTIPLIED_IN_BYTES;
        }
        if (format.equals("JPEG") || format.equals("WEBP") || entry.name().contains("jpeg")) {
            return LOSSY;
        }
        return image.depth() == PixelImage.Depth.U8 ? EXACT : ROUNDED;
    }

    /// Of red, green and blue on the scale of 0 to 255; 16-bit samples count with their high byte.
    private static double[] meanColour(PixelImage image) {
        double[] sums = new double[3];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    float value = image.sample(x, y, Math.min(channel, image.channels() - 1));
                    sums[channel] += image.depth() == PixelImage.Depth.U16 ? (int) value >> 8 : value;
                }
            }
        }
        long pixels = (long) image.width() * image.height();
        return new double[] {sums[0] / pixels, sums[1] / pixels, sums[2] / pixels};
    }
}
