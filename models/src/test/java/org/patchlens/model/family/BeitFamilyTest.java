package org.patchlens.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
