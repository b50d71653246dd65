package org.patchlens.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchlens.Shared;
import org.patchlens.image.ImageFile;
import org.patchlens.image.ImageLimits;
import org.patchlens.image.ImageReaders;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real chest X-rays, decoded and resized to the same bytes as by Pillow 13.0 and transformers 5.23
/// (`tools/reference/preprocess.py`); only checksums are kept here.
class XrayPreprocessingTest {
    @TempDir
    Path folder;

    record Case(String file, String processor, JsonNode config, long checksum) {
        @Override
        public String toString() {
            return file + " " + processor;
        }
    }

    static List<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(XrayPreprocessingTest.class.getResourceAsStream("xrays.json"))) {
            JsonNode root = JsonMapper.shared().readTree(in);
            List<Case> cases = new ArrayList<>();
            root.path("cases")
                    .forEach(node -> cases.add(new Case(
                            node.path("file").asString(),
                            node.path("processor").asString(),
                            root.path("configs").path(node.path("processor").asString()),
                            node.path("crc32").asLong())));
            return cases;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theModelSeesTheSameBytes(Case golden) throws IOException {
        Path config = Files.writeString(
                folder.resolve("preprocessor_config.json"), golden.config().toString());
        Preprocessing preprocessing = Preprocessing.read(config);
        FloatMatrix target = FloatMatrix.zeros(1, 3 * preprocessing.inputHeight() * preprocessing.inputWidth());
        try (ImageFile file = ImageReaders.open(Shared.path("data/cxr/" + golden.file()), ImageLimits.DEFAULT)) {
            CRC32 checksum = new CRC32();
            checksum.update(preprocessing.apply(file.read(0), target).view().bytes());
            assertThat(checksum.getValue()).isEqualTo(golden.checksum());
        }
    }
}
