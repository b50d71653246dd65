package org.patchlens.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.image.DisplayFunction;
import org.patchlens.image.DisplayRange;
import org.patchlens.image.DisplayTable;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.image.PixelImage;
import org.patchlens.image.SigmoidCurve;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The curves that DICOM files bring, from the file to the model's input. Oracle: pydicom's `apply_voi_lut`
/// (`tools/reference/voi_curves.py`).
class VoiCurveTest {
    /// A share is the quotient of two numbers of 16 bits in the oracle; ours is a float.
    private static final float TOLERANCE = 2e-6f;

    private static JsonNode golden() throws IOException {
        try (InputStream stream = VoiCurveTest.class.getResourceAsStream("/windows/voi_curves.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(stream));
        }
    }

    private static PixelImage image(JsonNode golden, Path folder) throws IOException {
        Path file = folder.resolve("case.dcm");
        Files.write(file, Base64.getDecoder().decode(golden.get("file").asString()));
        try (ImageFile opened = ImageReaders.open(file, ImageLimits.DEFAULT)) {
            return opened.read(0);
        }
    }

    @Test
    void autoShowsWhatPydicomMakesOfTheFile(@TempDir Path folder) throws IOException {
        for (JsonNode golden : golden().get("cases")) {
            PixelImage image = image(golden, folder);
            DisplayFunction shown = WindowChoice.parse("auto").apply(image).display();
            for (int i = 0; i < golden.get("shares").size(); i++) {
                assertThat(shown.shade(image.sample(i % image.width(), i / image.width(), 0)))
                        .as("%s, pixel %s", golden.get("name").asString(), i)
                        .isCloseTo(golden.get("shares").get(i).floatValue(), within(TOLERANCE));
            }
        }
    }

    @Test
    void theModelSeesTheCurve(@TempDir Path folder) throws IOException {
        for (JsonNode golden : golden().get("cases")) {
            PixelImage image = WindowChoice.parse("auto").apply(image(golden, folder));
            Preprocessing preprocessing = Preprocessing.assumed(image.height(), image.width());
            FloatMatrix target = FloatMatrix.zeros(1, 3 * image.width() * image.height());
            preprocessing.apply(image, target);
            for (int i = 0; i < golden.get("shares").size(); i++) {
                // Mean and deviation of 0.5 spread shares over -1 to 1, which doubles the tolerance.
                assertThat(target.get(0, i))
                        .as("%s, pixel %s", golden.get("name").asString(), i)
                        .isCloseTo(2 * golden.get("shares").get(i).floatValue() - 1, within(2 * TOLERANCE));
            }
        }
    }

    @Test
    void threeWindowsMayHoldTheFilesCurve(@TempDir Path folder) throws IOException {
        JsonNode golden = golden().get("cases").get(0);
        PixelImage windowed = WindowChoice.parse("auto,full,auto").apply(image(golden, folder));
        float share = golden.get("shares").get(30).floatValue();
        assertThat(windowed.floats()[3 * 30]).isCloseTo(255 * share, within(255 * TOLERANCE));
        assertThat(windowed.floats()[3 * 30 + 1]).isNotCloseTo(255 * share, within(1f));
    }

    @Test
    void aCurveHasAStraightLineInItsPlace() {
        assertThat(new SigmoidCurve(10, 4).range()).isEqualTo(new DisplayRange(8, 12));
        assertThat(new SigmoidCurve(10, 4).inverted().range()).isEqualTo(new DisplayRange(12, 8));
        DisplayTable table = new DisplayTable(100, new float[] {0, 0, 0.2f, 0.7f, 1, 1});
        assertThat(table.range()).isEqualTo(new DisplayRange(101, 104));
        assertThat(table.inverted().range()).isEqualTo(new DisplayRange(104, 101));
    }

    @Test
    void whatIsNoNumberIsBlack() {
        assertThat(new DisplayTable(0, new float[] {1, 0.5f}).shade(Float.NaN)).isZero();
        assertThat(new SigmoidCurve(0, 1).shade(Float.NaN)).isZero();
        assertThat(new DisplayRange(0, 1).shade(Float.NaN)).isZero();
    }
}
