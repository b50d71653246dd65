package org.patchlens.image.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.PatchlensException;
import org.patchlens.Shared;
import org.patchlens.image.AnimatedReader;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.image.PixelImage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Frames of animations, bit by bit as Pillow composes them (`tools/reference/animations.py`).
class AnimationTest {
    @TempDir
    private Path folder;

    private static JsonNode golden() throws IOException {
        try (InputStream stream = AnimationTest.class.getResourceAsStream("/animations/animations.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(stream));
        }
    }

    static List<JsonNode> cases() throws IOException {
        return golden().get("cases").valueStream().toList();
    }

    private Path written(JsonNode golden) throws IOException {
        byte[] bytes = Base64.getDecoder().decode(golden.get("file").asString());
        return Files.write(folder.resolve("animation"), bytes);
    }

    private static JsonNode named(String name) throws IOException {
        return cases().stream()
                .filter(golden -> golden.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ImageFile animation(Path file, ImageLimits limits) {
        return ((AnimatedReader) ImageReaders.recognize(file, limits)).openAnimation(file, limits);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFrameIsThatOfPillow(JsonNode golden) throws IOException {
        assertFrames(golden, written(golden));
    }

    @Test
    void framesOfSharedFilesAreThoseOfPillow() throws IOException {
        for (JsonNode golden : golden().get("shared")) {
            assertFrames(
                    golden,
                    Shared.path("data/images/files/" + golden.get("name").asString()));
        }
    }

    private static void assertFrames(JsonNode golden, Path file) {
        List<String> hashes = new ArrayList<>();
        try (ImageFile animation = animation(file, ImageLimits.DEFAULT)) {
            for (int frame = 0; frame < animation.frames(); frame++) {
                hashes.add(sha256(animation.read(frame)));
            }
        }
        assertThat(hashes)
                .as("%s", golden.get("name").asString())
                .containsExactlyElementsOf(golden.get("frames")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
    }

    private static String sha256(PixelImage image) {
        byte[] colours = new byte[3 * image.width() * image.height()];
        for (int i = 0; i < colours.length; i++) {
            int channel = image.channels() == 1 ? 0 : i % 3;
            colours[i] = (byte) image.sample(i / 3 % image.width(), i / 3 / image.width(), channel);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(colours));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFrameIsTheSameInAnyOrder(JsonNode golden) throws IOException {
        try (ImageFile animation = animation(written(golden), ImageLimits.DEFAULT)) {
            for (int frame = animation.frames() - 1; frame >= 0; frame--) {
                assertThat(sha256(animation.read(frame)))
                        .isEqualTo(golden.get("frames").get(frame).asString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withoutAnimationTheFirstFrameIsRead(JsonNode golden) throws IOException {
        try (ImageFile still = ImageReaders.open(written(golden), ImageLimits.DEFAULT)) {
            assertThat(still.frames()).isEqualTo(1);
            assertThat(sha256(still.read(0)))
                    .isEqualTo(golden.get("frames").get(0).asString());
        }
    }

    @Test
    void greyFramesStayGrey() throws IOException {
        try (ImageFile animation = animation(written(named("apng, grey")), ImageLimits.DEFAULT)) {
            assertThat(animation.read(2).channels()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void limitsHoldForAllFramesTogether(JsonNode golden) throws IOException {
        Path file = written(golden);
        int frames = golden.get("frames").size();
        long pixels = 24 * 20;
        animation(file, new ImageLimits(1 << 20, pixels, frames)).close();
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(() -> animation(file, new ImageLimits(1 << 20, pixels, frames - 1)))
                .withMessageContaining("frames");
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(() -> animation(file, new ImageLimits(1 << 20, pixels - 1, frames)))
                .withMessageContaining("limit");
    }

    /// 65 frames of the same size are beyond 64 times the pixels of one.
    @Test
    void manyLargeFramesAreRefusedBeforeTheyAreDrawn() throws IOException {
        Source source = Source.of(written(named("gif, kept")), new ImageLimits(1 << 20, 480, 1000));
        source.checkAnimation(24, 20, 64);
        assertThatExceptionOfType(PatchlensException.class)
                .isThrownBy(() -> source.checkAnimation(24, 20, 65))
                .withMessageContaining("65 frames")
                .withMessageContaining("--max-pixels");
    }
}
