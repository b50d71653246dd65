package org.patchlens.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every image processor that is known against transformers 5.23 with torchvision 0.29 and Pillow 13.0
/// (`tools/reference/preprocess.py`).
class PreprocessingGoldenTest {
    /// Lanczos and Hamming weights come from the sine of two libraries, whose last bits may differ.
    private static final double TRANSCENDENTAL = 0.001;

    /// Both sides compute the same expression in single precision, on values below 4.
    private static final double NORMALIZED = 1e-6;

    /// DINOv3 resizes in single precision: sums of up to 26 x 26 products of values up to 255, divided by 255 and
    /// a deviation of at least 0.22.
    private static final double RESIZED_IN_FLOAT = 2e-5;

    @TempDir
    Path folder;

    /// One image through one processor.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(JsonNode golden, JsonNode config, byte[] expected) {
        static Case of(JsonNode golden, JsonNode root, byte[] all) {
            int channels = golden.path("channels").asInt();
            byte[] expected = new byte
                    [golden.path("outHeight").asInt() * golden.path("outWidth").asInt() * channels];
            System.arraycopy(all, golden.path("offset").asInt(), expected, 0, expected.length);
            return new Case(
                    golden, root.path("configs").path(golden.path("processor").asString()), expected);
        }

        int number(String key) {
            return golden.path(key).asInt();
        }

        String processor() {
            return golden.path("processor").asString();
        }

        @Override
        public String toString() {
            return processor() + " " + number("height") + "x" + number("width") + "x" + number("channels");
        }
    }

    static List<Case> cases() throws IOException {
        JsonNode root = JsonMapper.shared().readTree(resource("golden.json"));
        byte[] all = resource("golden.bin");
        List<Case> cases = new ArrayList<>();
        root.path("cases").forEach(golden -> cases.add(Case.of(golden, root, all)));
        return cases;
    }

    static List<Case> casesOfDinov3() throws IOException {
        return cases().stream()
                .filter(golden -> golden.processor().equals("dinov3"))
                .toList();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PreprocessingGoldenTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anImageIsPreprocessedAsByTransformers(Case golden) throws IOException {
        FloatMatrix target = FloatMatrix.zeros(1, 3 * golden.number("outHeight") * golden.number("outWidth"));
        Preprocessed result = preprocess(golden, target);
        assertThat(result.view().height()).isEqualTo(golden.number("outHeight"));
        assertThat(result.view().width()).isEqualTo(golden.number("outWidth"));
        assertSameView(golden, result);
        assertSameValues(golden, target);
    }

    private Preprocessed preprocess(Case golden, FloatMatrix target) throws IOException {
        Path file = Files.writeString(
                folder.resolve("preprocessor_config.json"), golden.config().toString());
        return Preprocessing.read(file)
                .apply(
                        Pattern.draw(
                                golden.number("height"),
                                golden.number("width"),
                                golden.number("channels"),
                                golden.number("seed")),
                        target);
    }

    private static void assertSameView(Case golden, Preprocessed result) {
        byte[] view = result.view().bytes();
        int channels = golden.number("channels");
        int plane = view.length / channels;
        int different = 0;
        for (int i = 0; i < view.length; i++) {
            int expected = golden.expected()[i % channels * plane + i / channels] & 0xff;
            int difference = Math.abs((view[i] & 0xff) - expected);
            assertThat(difference).as("%s at %d", golden, i).isLessThanOrEqualTo(1);
            different += difference;
        }
        if (golden.processor().equals("dinov3")) {
            return;
        }
        boolean exact =
                !golden.processor().contains("lanczos") && !golden.processor().contains("hamming");
        assertThat(different).isLessThanOrEqualTo(exact ? 0 : (int) (view.length * TRANSCENDENTAL));
    }

    /// DINOv3's values are never rounded: each must lie within half a step of the byte that the golden file keeps.
    @ParameterizedTest
    @MethodSource("casesOfDinov3")
    void everyValueOfDinov3IsNearItsByte(Case golden) throws IOException {
        FloatMatrix target = FloatMatrix.zeros(1, 3 * golden.number("outHeight") * golden.number("outWidth"));
        preprocess(golden, target);
        int plane = golden.number("outHeight") * golden.number("outWidth");
        for (int i = 0; i < golden.expected().length; i++) {
            int channel = i / plane;
            double mean = golden.config().path("image_mean").path(channel).asDouble();
            double deviation = golden.config().path("image_std").path(channel).asDouble();
            double onByteScale = (target.get(0, i) * deviation + mean) * 255;
            assertThat(onByteScale).isCloseTo(golden.expected()[i] & 0xff, within(0.5 + 1e-3));
        }
    }

    private static void assertSameValues(Case golden, FloatMatrix target) {
        int width = golden.number("outWidth");
        int height = golden.number("outHeight");
        double tolerance = golden.processor().equals("dinov3") ? RESIZED_IN_FLOAT : NORMALIZED;
        boolean byteScale = golden.processor().equals("vit-not-rescaled");
        for (int channel = 0; channel < 3; channel++) {
            int plane = channel * width * height;
            double[] found = {
                target.get(0, plane),
                target.get(0, plane + width * height - 1),
                target.get(0, plane + height / 2 * width + width / 3)
            };
            double[] expected = {
                golden.golden().path("first").path(channel).asDouble(),
                golden.golden().path("last").path(channel).asDouble(),
                golden.golden().path("middle").path(channel).asDouble()
            };
            assertThat(found).containsExactly(expected, within(byteScale ? 0 : tolerance));
        }
    }
}
