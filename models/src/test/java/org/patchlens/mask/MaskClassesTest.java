package org.patchlens.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;

class MaskClassesTest {
    @TempDir
    private Path folder;

    private MaskClasses read(String json) throws IOException {
        return MaskClasses.read(Files.writeString(folder.resolve("classes.json"), json));
    }

    @Test
    void labelsHaveNames() throws IOException {
        MaskClasses classes = read("{\"2\": \"left lung\", \"1\": \"right lung\", \"255\": \"heart\"}");

        assertThat(classes.names()).containsExactly("right lung", "left lung", "heart");
        assertThat(classes.classOfLabel()).containsEntry(255, Optional.of(2));
    }

    @Test
    void labelsOfTheSameNameAreOneClass() throws IOException {
        MaskClasses classes = read("{\"1\": \"lung\", \"2\": \"lung\", \"3\": \"heart\"}");

        assertThat(classes.names()).containsExactly("lung", "heart");
        assertThat(classes.table()).startsWith(-1, 0, 0, 1, -1);
    }

    @Test
    void aLabelWithoutANameIsAnErrorUnlessItIsLeftOutOnPurpose() throws IOException {
        MaskClasses classes = read("{\"1\": \"lung\", \"3\": null}");
        LabelMap known = LabelMap.of(3, 1, 0, 1, 3);
        LabelMap unknown = LabelMap.of(3, 1, 0, 1, 4);

        assertThatCode(() -> classes.refuseUnknown(known, "a.png")).doesNotThrowAnyException();
        assertThat(classes.names()).containsExactly("lung");
        assertThatThrownBy(() -> classes.refuseUnknown(unknown, "a.png"))
                .isInstanceOf(PatchlensException.class)
                .hasMessage(
                        "[a.png] the mask has the label 4, which has no name; the names are those of the labels [1, 3]."
                                + " Name it, or give it the name null to leave it out.");
    }

    @Test
    void withoutADescriptionLabelsNameThemselves() {
        assertThat(MaskClasses.ofLabels(List.of(255, 0, 3)).names()).containsExactly("label 3", "label 255");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"0\": \"background\"}",
                "{\"-1\": \"x\"}",
                "{\"65536\": \"x\"}",
                "{\"01\": \"x\"}",
                "{\"lung\": 1}",
                "{\"1\": 1}",
                "{\"1\": \" \"}",
                "{\"1\": \"a\", \"1\": \"b\"}",
                "{\"1\": null}"
            })
    void aDescriptionThatCannotBeMeantIsRefused(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("classes.json");
    }
}
