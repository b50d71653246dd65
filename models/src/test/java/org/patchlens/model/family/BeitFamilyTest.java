package org.patchlens.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.model.ModelFamilyContract;
import org.patchlens.model.Resources;
import org.patchlens.model.VitModel;

/// Oracle: `tools/reference/vit_families.py`, transformers 5.23.0: tables of relative positions per block and
/// shared, with and without stored positions, scales and a final norm.
class BeitFamilyTest implements ModelFamilyContract {
    @TempDir
    private Path folder;

    @Override
    public Stream<Path> models() {
        return Stream.of("beit/classifier-bias-per-block", "beit/shared-bias-and-positions", "data2vec_vision/plain")
                .map(Resources::path);
    }

    /// The default of the library, for files that state only what differs from it.
    @ParameterizedTest
    @ValueSource(strings = {"beit/classifier-bias-per-block", "data2vec_vision/plain"})
    void aMeanIsPooledWhereTheConfigurationSaysNothing(String model) throws IOException {
        Path source = Resources.path(model);
        Files.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        String text = Files.readString(source.resolve("config.json"));
        assertThat(text).contains("\"use_mean_pooling\": true,");
        Files.writeString(folder.resolve("config.json"), text.replace("\"use_mean_pooling\": true,", ""));
        try (VitModel stated = VitModel.load(source);
                VitModel silent = VitModel.load(folder)) {
            assertThat(silent.architecture()).isEqualTo(stated.architecture());
        }
    }

    @Test
    void tablesOfAGridThatIsNoSquareAreRefused() throws IOException {
        String text = Files.readString(Resources.path("beit/classifier-bias-per-block/config.json"));
        Path config = Files.writeString(
                folder.resolve("config.json"), text.replace("\"image_size\": 20", "\"image_size\": [20, 24]"));
        assertThatThrownBy(() -> VitModel.load(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[" + config + "] image_size is no square, and tables of relative positions are known for"
                        + " squares.");
    }
}
