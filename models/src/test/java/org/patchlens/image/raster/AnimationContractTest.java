package org.patchlens.image.raster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.patchlens.image.AnimatedReader;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReader;
import org.patchlens.image.ImageReaderContract;
import org.patchlens.image.ImageReaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Damaged animations of all three formats, with all their frames.
class AnimationContractTest implements ImageReaderContract {
    /// Opens animations by whichever reader knows them.
    @Override
    public ImageReader reader() {
        return new ImageReader() {
            @Override
            public boolean recognizes(byte[] head, String fileName) {
                return animated().stream().anyMatch(reader -> reader.recognizes(head, fileName));
            }

            @Override
            public ImageFile open(Path file, ImageLimits limits) {
                ImageReader reader = ImageReaders.recognize(file, limits);
                return reader instanceof AnimatedReader animated
                        ? animated.openAnimation(file, limits)
                        : reader.open(file, limits);
            }
        };
    }

    private static List<ImageReader> animated() {
        return ImageReaders.ALL.stream()
                .filter(AnimatedReader.class::isInstance)
                .toList();
    }

    @Override
    public void noOtherReaderRecognizesItsFiles(Path folder) {
        // The three readers are tested one by one.
    }

    @Override
    public List<Path> samples(Path folder) throws IOException {
        List<Path> samples = new ArrayList<>();
        try (InputStream stream = AnimationContractTest.class.getResourceAsStream("/animations/animations.json")) {
            for (JsonNode golden :
                    JsonMapper.shared().readTree(Objects.requireNonNull(stream)).get("cases")) {
                byte[] bytes = Base64.getDecoder().decode(golden.get("file").asString());
                samples.add(Files.write(folder.resolve("animation" + samples.size()), bytes));
            }
        }
        return samples;
    }
}
