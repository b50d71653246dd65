package org.patchlens.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.model.Resources;
import org.patchlens.model.VitModel;

class ModelPreprocessingTest {
    @TempDir
    private Path folder;

    @Test
    void aProcessorThatKeepsTheShapeOfImagesIsSaidToGiveThemOneSize() throws IOException {
        ModelPreprocessing found = preprocessing("Siglip2ImageProcessor", "\"max_num_patches\": 30, \"patch_size\": 4");
        assertThat(found.preprocessing().inputHeight()).isEqualTo(20);
        assertThat(found.assumption())
                .contains("The model's processor keeps the shape of every image, and a study has one grid; all images"
                        + " are resized to 20x20.");
    }

    @Test
    void aProcessorOfAFixedSizeNeedsNoSentence() throws IOException {
        String size = "\"size\": {\"height\": 20, \"width\": 20}";
        assertThat(preprocessing("SiglipImageProcessor", size).assumption()).isEmpty();
    }

    private ModelPreprocessing preprocessing(String processor, String values) throws IOException {
        Files.writeString(
                folder.resolve("preprocessor_config.json"),
                "{\"image_processor_type\": \"" + processor + "\", " + values + "}");
        try (VitModel model = VitModel.load(Resources.path("siglip2/tower"))) {
            return ModelPreprocessing.of(folder, model);
        }
    }
}
