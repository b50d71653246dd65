package org.patchlens.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;

class ShardIndexTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeTwoShards() throws IOException {
        shard("a", "model-00001-of-00002.safetensors");
        shard("b", "model-00002-of-00002.safetensors");
    }

    @Test
    void everyTensorKnowsItsFile() throws IOException {
        index("\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"");
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertThat(checkpoint.files()).hasSize(2);
        assertThat(checkpoint.find("b").orElseThrow().file())
                .isEqualTo(folder.toRealPath().resolve("model-00002-of-00002.safetensors"));
        assertThat(WeightFiles.sha256(checkpoint.files()))
                .hasSize(64)
                .isNotEqualTo(WeightFiles.sha256(checkpoint.files().subList(0, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../model-00001-of-00002.safetensors",
                "/etc/model.safetensors",
                "C:\\\\model.safetensors",
                "model.bin"
            })
    void aFileOutsideTheFolderIsRefused(String file) throws IOException {
        index("\"a\":\"" + file + "\"");
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("which is no file of this folder");
    }

    @Test
    void aTensorThatNoShardHoldsIsRefused() throws IOException {
        index("\"a\":\"model-00001-of-00002.safetensors\",\"c\":\"model-00002-of-00002.safetensors\"");
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("it lists the tensor c, which none of its files holds");
    }

    @Test
    void aTensorInTwoShardsIsRefused() throws IOException {
        shard("a", "model-00002-of-00002.safetensors");
        index("\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"");
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("the tensor a is in another file of the model as well");
    }

    @Test
    void anIndexWithoutAMapIsRefused() throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\": []}");
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("it has no weight_map");
    }

    private void shard(String tensor, String name) throws IOException {
        Path written = SafetensorsBytes.write(
                folder, "{\"" + tensor + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4);
        Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void index(String entries) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + entries + "}}");
    }
}
