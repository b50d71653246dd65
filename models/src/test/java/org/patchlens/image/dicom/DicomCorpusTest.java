package org.patchlens.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.PixelImage;
import org.patchlens.image.dicom.pixel.StoredPixels;
import tools.jackson.databind.JsonNode;

/// Every file of the collection. Oracle: pydicom 3.0.2 with imagecodecs 2026.3.6 in float64. Lossless files must
/// agree in every number; lossy ones within the two units by which correct inverse transforms may round
/// differently, times the slope.
class DicomCorpusTest {
    /// No codec in Java; refused by name.
    private static final Set<String> UNSUPPORTED = Set.of("good/HTJ2KLossless_08_RGB.dcm");

    /// The oracle converted these from YBR to RGB twice: pydicom 3 already converts in `pixel_array`. Its
    /// statistics of the "raw" frame are those of the right colours; the hash is that of pydicom's single
    /// conversion.
    private static final Set<String> CONVERTED_TWICE =
            Set.of("good/SC_ybr_full_422_uncompressed.dcm", "good/SC_ybr_full_uncompressed.dcm");

    private static final String CONVERTED_ONCE = "68318a4ca520c9acd2f1d512cee3398d6f3446eac575a0bb23a9540af1dfe968";

    /// The oracle looks for a rescale at the top of the header only; this file has -1024 in its functional groups.
    private static final String RESCALED_PER_FRAME = "good/CT0012.fragmented_no_bot_jpeg_baseline.51.dcm";

    static List<Corpus.Case> good() {
        return Corpus.files("good");
    }

    static List<Corpus.Case> corrupt() {
        return Corpus.files("corrupt");
    }

    static List<Corpus.Case> noPixels() {
        return Corpus.files("nopixels");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void aGoodFileHasThePixelsOfTheOracle(Corpus.Case file) {
        if (UNSUPPORTED.contains(file.name())) {
            assertThat(refusal(file)).contains("High-Throughput JPEG 2000").contains("not supported");
            return;
        }
        try (DicomFile dicom = new DicomReader().open(file.path(), ImageLimits.DEFAULT)) {
            double[] values = values(dicom, file);
            assertThat(values).hasSize(size(file));
            if (CONVERTED_TWICE.contains(file.name())) {
                assertThat(Corpus.sha256(values)).isEqualTo(CONVERTED_ONCE);
                double mean =
                        file.expected().path("raw_ybr_frame0").path("mean").asDouble();
                assertThat(Arrays.stream(values).average()).hasValueCloseTo(mean, within(1e-9));
                return;
            }
            if (file.exact()) {
                assertThat(Corpus.sha256(values))
                        .isEqualTo(
                                file.expected().path("frame0_sha256_float64le").asString());
            }
            double slope = Math.abs(file.expected().path("RescaleSlope").asDouble(1));
            statisticsAgree(values, file, file.tolerance() * slope);
            for (int frame = 0; frame < dicom.frames(); frame++) {
                assertThat(dicom.read(frame).width())
                        .isEqualTo(file.expected().path("cols").asInt());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corrupt")
    void aDamagedFileGivesOneClearSentenceOrItsPixels(Corpus.Case file) {
        try (DicomFile dicom = new DicomReader().open(file.path(), ImageLimits.DEFAULT)) {
            for (int frame = 0; frame < dicom.frames(); frame++) {
                PixelImage image = dicom.read(frame);
                assertThat(image.width()).isPositive();
            }
            assertThat(file.says("degraded") || file.says("unsupported_ok"))
                    .as("%s was read, but is %s", file.name(), file.expected().path("expected"))
                    .isTrue();
            System.out.println("CORRUPT  read     " + file.name());
        } catch (PatchlensException e) {
            System.out.println("CORRUPT  refused  " + file.name() + ": " + e.getMessage());
            assertThat(e.getMessage())
                    .startsWith("[" + file.path().getFileName() + "] ")
                    .hasSizeLessThan(300);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noPixels")
    void aFileWithoutPixelsIsSaidToHaveNone(Corpus.Case file) {
        String message = refusal(file);
        System.out.println("NOPIXELS refused  " + file.name() + ": " + message);
        if (!file.says("corrupt")) {
            assertThat(message).contains("no image").contains("no pixel data");
        }
    }

    private static String refusal(Corpus.Case file) {
        try (DicomFile dicom = new DicomReader().open(file.path(), ImageLimits.DEFAULT)) {
            dicom.read(0);
        } catch (PatchlensException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError(file.name() + " was read");
    }

    private static int size(Corpus.Case file) {
        int pixels = file.expected().path("rows").asInt()
                * file.expected().path("cols").asInt();
        return file.expected().path("stats_basis").asString().startsWith("RGB") ? 3 * pixels : pixels;
    }

    /// The numbers that the oracle looked at: palette indices, else what the image holds; where 32 bits do not fit
    /// into a float, the stored numbers, which the image must equal after rounding.
    private static double[] values(DicomFile dicom, Corpus.Case file) {
        StoredPixels stored = dicom.stored(0);
        PixelImage image = dicom.read(0);
        boolean palette = file.expected().path("stats_basis").asString().equals("palette index");
        boolean wide = file.expected().path("BitsAllocated").asInt() == 32
                && file.expected().path("pixel_element").asString().equals("PixelData");
        boolean rounded = !file.exact() || wide;
        double[] values = new double[stored.count()];
        double slope = file.expected().path("RescaleSlope").asDouble(1);
        double intercept = file.expected().path("RescaleIntercept").asDouble(0);
        for (int i = 0; i < values.length; i++) {
            double sample = palette ? stored.value(i) : sample(image, i);
            values[i] = rounded && !palette ? stored.value(i) * slope + intercept : sample;
            double meant = values[i] + (file.name().equals(RESCALED_PER_FRAME) ? -1024 : 0);
            assertThat(palette || sample == (float) meant).as("sample %s", i).isTrue();
        }
        return values;
    }

    private static float sample(PixelImage image, int index) {
        int pixel = index / image.channels();
        return image.sample(pixel % image.width(), pixel / image.width(), index % image.channels());
    }

    private static void statisticsAgree(double[] values, Corpus.Case file, double tolerance) {
        JsonNode frame = file.expected().path("frame0");
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (double value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
        }
        assertThat(min).isCloseTo(frame.path("min").asDouble(), within(tolerance));
        assertThat(max).isCloseTo(frame.path("max").asDouble(), within(tolerance));
        double mean = frame.path("mean").asDouble();
        assertThat(sum / values.length).isCloseTo(mean, within(tolerance + Math.abs(mean) * 1e-9));
        int channels = values.length
                / (file.expected().path("rows").asInt()
                        * file.expected().path("cols").asInt());
        file.expected().path("probes_row_col").properties().forEach(probe -> {
            String[] place = probe.getKey().split(",", -1);
            int pixel =
                    Integer.parseInt(place[0]) * file.expected().path("cols").asInt() + Integer.parseInt(place[1]);
            for (int c = 0; c < channels; c++) {
                assertThat(values[pixel * channels + c])
                        .as("row, column %s", probe.getKey())
                        .isCloseTo(probe.getValue().get(c).asDouble(), within(tolerance));
            }
        });
    }
}
