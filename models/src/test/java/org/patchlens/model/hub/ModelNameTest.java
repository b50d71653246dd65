package org.patchlens.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    @Test
    void aNameHasAnOwnerAndPerhapsARevision() {
        assertThat(ModelName.get("facebook/dinov2-small")).isEqualTo(new ModelName("facebook", "dinov2-small", "main"));
        assertThat(ModelName.get("a/b@refs/pr/3").revision()).isEqualTo("refs/pr/3");
        assertThat(ModelName.get("a/b@v1")).hasToString("a/b@v1");
        assertThat(ModelName.get("a/b")).hasToString("a/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model",
                "a/b/c",
                "../b",
                "a/..",
                "a/b@../x",
                "a/b@x//y",
                "/a/b",
                "a/b@",
                "a--b/c",
                "a/b c",
                "a/b@.x",
                ""
            })
    void whatCouldBeAPathIsNoName(String text) {
        assertThat(ModelName.find(text)).isEmpty();
        assertThatThrownBy(() -> ModelName.get(text)).hasMessageContaining("Write owner/name or owner/name@revision");
    }
}
