package org.patchlens.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.Percentiles;
import org.patchlens.image.PixelImage;
import org.patchlens.image.PixelSpacing;
import org.patchlens.image.PixelUnit;
import org.patchlens.image.WindowFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Golden values by `tools/reference/windows.py`: pydicom's `apply_windowing` and numpy's `percentile`.
class WindowTest {
    /// Grey values of up to 255 from floats of up to 5,000: three roundings of at most 5,000 x 2^-24 x 255 / 400.
    private static final float SHARE_TOLERANCE = 1e-3f;

    private static JsonNode golden() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(WindowTest.class.getResourceAsStream("/windows/windows.json"))) {
            return JsonMapper.shared().readTree(stream);
        }
    }

    private static PixelImage hounsfield(float... samples) {
        return PixelImage.ofFloats(samples.length, 1, 1, samples, -1024, 3071).withUnit(PixelUnit.HOUNSFIELD);
    }

    @ParameterizedTest
    @CsvSource({
        "lung, -600, 1500, -1350, 149",
        "mediastinum, 40, 400, -160, 239",
        "bone, 400, 1800, -500, 1299",
        "bone-wide, 480, 2500, -770, 1729",
        "liver, 90, 150, 15, 164",
        "brain, 40, 80, 0, 79"
    })
    void aPresetHasItsPublishedNumbers(String name, int centre, int width, float black, float white) {
        WindowPreset preset = WindowPreset.find(name).orElseThrow();

        assertThat(preset.centre()).isEqualTo(centre);
        assertThat(preset.width()).isEqualTo(width);
        assertThat(Window.parse(name).display(hounsfield(0))).isEqualTo(new DisplayRange(black, white));
    }

    @Test
    void aWindowIsWhatPydicomMakesOfTheSameNumbers() throws IOException {
        for (JsonNode window : golden().get("windows")) {
            WindowFunction function =
                    WindowFunction.valueOf(window.get("function").asString());
            DisplayRange range = function.range(
                    window.get("centre").asDouble(), window.get("width").asDouble());
            for (int i = 0; i < window.get("values").size(); i++) {
                float value = window.get("values").get(i).floatValue();
                float share = Math.clamp((value - range.black()) / (range.white() - range.black()), 0, 1);
                assertThat(share)
                        .as("%s at %s", window.get("centre"), value)
                        .isCloseTo(window.get("shares").get(i).floatValue(), within(1e-6f));
            }
        }
    }

    @Test
    void aPercentileIsThatOfNumpy() throws IOException {
        JsonNode golden = golden().get("percentiles");
        float[] values = new float[golden.get("values").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = golden.get("values").get(i).floatValue();
        }
        Percentiles percentiles = Percentiles.of(values);

        for (int i = 0; i < golden.get("percents").size(); i++) {
            // The same double arithmetic, rounded to a float at the end.
            assertThat(percentiles.at(golden.get("percents").get(i).asDouble()))
                    .isEqualTo((float) golden.get("expected").get(i).asDouble());
        }
    }

    @Test
    void centreAndWidthMayBeAnyNumbers() {
        assertThat(Window.parse("-600/1500").display(hounsfield(0))).isEqualTo(new DisplayRange(-1350, 149));
        assertThat(Window.parse("12.5/3").display(hounsfield(0))).isEqualTo(new DisplayRange(11, 13));
        assertThat(Window.parse("0.5/1:exact").display(hounsfield(0))).isEqualTo(new DisplayRange(0, 1));
    }

    @Test
    void autoIsTheRangeThatTheFileAsksFor() {
        assertThat(Window.parse("auto").display(hounsfield(0))).isEqualTo(new DisplayRange(-1024, 3071));
    }

    @Test
    void fullGoesFromTheSmallestToTheLargestFiniteValue() {
        PixelImage image = hounsfield(Float.NaN, 4, -7, Float.POSITIVE_INFINITY, 2);

        assertThat(Window.parse("full").display(image)).isEqualTo(new DisplayRange(-7, 4));
    }

    @Test
    void percentilesLeaveOutTheTails() {
        float[] samples = new float[101];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i;
        }

        assertThat(Window.parse("percentile:10-90").display(hounsfield(samples)))
                .isEqualTo(new DisplayRange(10, 90));
    }

    @Test
    void aConstantImageStillHasARange() {
        assertThat(Window.parse("percentile:1-99").display(hounsfield(5, 5, 5))).isEqualTo(new DisplayRange(5, 6));
        assertThat(Window.parse("full").display(hounsfield(Float.NaN))).isEqualTo(new DisplayRange(0, 1));
    }

    @Test
    void anInvertedImageStaysInverted() {
        PixelImage inverted = hounsfield(0, 1).shownBetween(100, -100);

        assertThat(Window.parse("brain").display(inverted)).isEqualTo(new DisplayRange(79, 0));
    }

    @Test
    void theDefaultIsTheLungForHounsfieldUnitsAndElseWhatTheFileAsksFor() {
        PixelImage picture = PixelImage.ofBytes(1, 1, 1, new byte[1]);

        assertThat(WindowChoice.DEFAULT.apply(hounsfield(0)).black()).isEqualTo(-1350);
        assertThat(WindowChoice.DEFAULT.apply(picture).white()).isEqualTo(255);
        assertThat(WindowChoice.DEFAULT.canonicalText()).isEqualTo("default(HU:lung(-600/1500),else:auto)");
    }

    @Test
    void aPresetOnAPictureIsRefused() {
        PixelImage bytes = PixelImage.ofBytes(1, 1, 1, new byte[1]);
        PixelImage magnetic = hounsfield(0).withUnit(PixelUnit.ARBITRARY);

        assertThatThrownBy(() -> Window.parse("lung").display(bytes))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[--window lung] this window is in Hounsfield units, but the image is an 8-bit picture. "
                        + "Use auto, full, percentile:1-99 or centre/width in the units of the image.");
        assertThatThrownBy(() -> Window.parse("lung").display(magnetic)).hasMessageContaining("another unit");
    }

    @Test
    void aPresetIsBelievedOnNumbersOfUnknownUnitThatCouldBeHounsfieldUnits() {
        PixelImage nifti = hounsfield(-1000, 40).withUnit(PixelUnit.UNSTATED);

        assertThat(Window.parse("mediastinum").display(nifti).range().black()).isEqualTo(-160);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lungs",
                "",
                "40",
                "40/",
                "40/400/2",
                "40/1",
                "40/0",
                "40/-5",
                "40/0:exact",
                "1e12/5",
                "percentile:",
                "percentile:9-1",
                "percentile:0-101",
                "percentile:1",
                "999999999999/2",
                "lung,bone",
                "lung,bone,brain,liver",
                ","
            })
    void aWindowThatCannotBeMeantIsRefused(String text) {
        assertThatThrownBy(() -> WindowChoice.parse(text))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[--window")
                .extracting(e -> ((PatchlensException) e).category())
                .isEqualTo(PatchlensException.Category.USAGE);
    }

    @Test
    void oneWindowLeavesTheSamplesAlone() {
        PixelImage image = hounsfield(-2000, 0, 50);

        PixelImage windowed = WindowChoice.parse("mediastinum").apply(image);

        assertThat(windowed.floats()).isSameAs(image.floats());
        assertThat(windowed.black()).isEqualTo(-160);
        assertThat(windowed.white()).isEqualTo(239);
    }

    @Test
    void threeWindowsFillThreeChannels() {
        PixelImage image = hounsfield(-600.5f, 39.5f, Float.NaN, Float.NEGATIVE_INFINITY, 5000)
                .withSpacing(new PixelSpacing(0.7, 0.7));

        PixelImage windowed = WindowChoice.parse("lung,mediastinum,bone").apply(image);

        assertThat(windowed.channels()).isEqualTo(3);
        assertThat(windowed.spacing()).isEqualTo(image.spacing());
        assertThat(windowed.sample(0, 0, 0)).isCloseTo(127.5f, within(SHARE_TOLERANCE));
        assertThat(windowed.sample(0, 0, 1)).isZero();
        assertThat(windowed.sample(1, 0, 1)).isCloseTo(127.5f, within(SHARE_TOLERANCE));
        assertThat(windowed.sample(1, 0, 2)).isCloseTo(539.5f / 1799 * 255, within(SHARE_TOLERANCE));
        for (int channel = 0; channel < 3; channel++) {
            assertThat(windowed.sample(2, 0, channel)).isZero();
            assertThat(windowed.sample(3, 0, channel)).isZero();
            assertThat(windowed.sample(4, 0, channel)).isEqualTo(255);
        }
    }

    @Test
    void threeWindowsOnAColourImageAreRefused() {
        PixelImage colours = PixelImage.ofBytes(1, 1, 3, new byte[3]);

        assertThatThrownBy(() -> WindowChoice.parse("auto,full,auto").apply(colours))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("has colours already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lung; lung(-600/1500)",
                "BONE-WIDE; bone-wide(480/2500)",
                " 40.50/400 ; 40.5/400",
                "0.5/1:exact; 0.5/1:exact",
                "percentile:0.5-99.50; percentile:0.5-99.5",
                "lung, mediastinum ,bone; lung(-600/1500),mediastinum(40/400),bone(400/1800)"
            })
    void provenanceNamesTheNumbers(String text, String canonical) {
        assertThat(WindowChoice.parse(text).canonicalText()).isEqualTo(canonical);
    }
}
