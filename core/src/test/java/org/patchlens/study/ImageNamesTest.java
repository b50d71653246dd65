package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;

class ImageNamesTest {
    private static final List<StudyImage> IMAGES =
            images("ward/a/chest-1.png", "ward/b/chest-1.png", "ward/b/hand.dcm#3");

    @TempDir
    Path folder;

    private static List<StudyImage> images(String... ids) {
        return IntStream.range(0, ids.length)
                .mapToObj(i -> new StudyImage(i, ids[i], ids[i], 0, "0".repeat(64), 10, 10))
                .toList();
    }

    @Test
    void anImageIsFoundByItsIdAndByAnEndingThatFitsNoOther() {
        assertThat(ImageNames.find(IMAGES, "ward/b/chest-1.png").index()).isEqualTo(1);
        assertThat(ImageNames.find(IMAGES, "a/chest-1.png").index()).isZero();
        assertThat(ImageNames.find(IMAGES, "hand.dcm#3").index()).isEqualTo(2);
        assertThat(ImageNames.find(images("x.png", "ward/x.png"), "x.png").index())
                .isZero();
    }

    @Test
    void anEndingThatFitsSeveralAsksForMore() {
        assertThatThrownBy(() -> ImageNames.find(IMAGES, "chest-1.png"))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[image chest-1.png] may be ward/a/chest-1.png or ward/b/chest-1.png. Give the whole id.");
    }

    @Test
    void anUnknownImageTellsTheClosest() {
        assertThatThrownBy(() -> ImageNames.find(IMAGES, "ward/b/chest-7.png"))
                .hasMessage("[image ward/b/chest-7.png] is none of the 3 images of the study, whose ids are such as"
                        + " ward/a/chest-1.png. Did you mean ward/b/chest-1.png or ward/a/chest-1.png?");
        assertThatThrownBy(() -> ImageNames.find(IMAGES, "liver"))
                .hasMessage("[image liver] is none of the 3 images of the study, whose ids are such as"
                        + " ward/a/chest-1.png.");
        assertThatThrownBy(() -> ImageNames.find(List.of(), "x")).hasMessage("[image x] the study has no images.");
    }

    /// The part of a name, and not a word of it, ends at a folder.
    @Test
    void halfAFileNameIsNoEnding() {
        assertThatThrownBy(() -> ImageNames.find(IMAGES, "1.png")).hasMessageContaining("none of the 3 images");
    }

    @ParameterizedTest
    @EnumSource
    void storedTokensAreTheOnesThatAreReadWide(ElementType dtype) {
        SyntheticStudy.of(dtype, AttentionStorage.NONE, 10).write(folder);
        try (Study study = Study.open(folder)) {
            for (Layer layer : study.manifest().layers()) {
                for (int image : Arrays.asList(0, 3, 9)) {
                    assertThat(study.stored(image, layer).widened())
                            .isEqualTo(study.embeddings(image, layer).tokens());
                }
            }
            assertThat(study.deepestLayer()).isEqualTo(Layer.LAST);
            assertThatThrownBy(() -> study.stored(0, new Layer(1)))
                    .hasMessageContaining("[layer 1] the study stores 0,2,last");
        }
    }
}
