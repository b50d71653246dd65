package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.tensor.FloatMatrix;

class StudyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsReadBack(ElementType dtype) {
        SyntheticStudy synthetic = SyntheticStudy.of(dtype, AttentionStorage.CLS, 10);
        StudySummary summary = synthetic.write(folder);
        assertThat(summary.images()).isEqualTo(10);
        assertThat(summary.failures()).isZero();
        assertThat(summary.shards()).isEqualTo(3);
        try (Study study = Study.open(folder)) {
            assertThat(study.isComplete()).isTrue();
            assertThat(study.manifest()).isEqualTo(synthetic.manifest());
            assertThat(study.images()).hasSize(10);
            for (int i = 0; i < 10; i++) {
                ExtractedImage expected = synthetic.image(i);
                assertThat(study.images().get(i))
                        .isEqualTo(new StudyImage(
                                i,
                                expected.input().id(),
                                expected.input().source(),
                                0,
                                expected.sha256(),
                                expected.width(),
                                expected.height()));
                assertThat(study.view(i)).isEqualTo(expected.view());
                assertThat(study.attention(i)).isEqualTo(expected.attention());
                for (int l = 0; l < synthetic.manifest().layers().size(); l++) {
                    Layer layer = synthetic.manifest().layers().get(l);
                    assertThat(study.embeddings(i, layer).tokens())
                            .isEqualTo(expected.tokens().get(l));
                }
            }
        }
    }

    @Test
    void tokensOfHalvesAreReadIntoTheMemoryThatIsGiven() {
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(3);
        synthetic.write(folder);
        try (Study study = Study.open(folder)) {
            Layer layer = study.deepestLayer();
            FloatMatrix memory = FloatMatrix.zeros(
                    study.manifest().tokens(), study.manifest().model().dimensions());
            for (int image = 0; image < 3; image++) {
                FloatMatrix tokens =
                        study.embeddings(image, layer, () -> memory).tokens();
                assertThat(tokens.segment()).isEqualTo(memory.segment());
                assertThat(tokens).isEqualTo(study.embeddings(image, layer).tokens());
            }
        }
    }

    @Test
    void aStudyWithoutAttentionSaysSo() {
        SyntheticStudy.of(ElementType.F32, AttentionStorage.NONE, 1).write(folder);
        try (Study study = Study.open(folder)) {
            assertThat(study.attention(0)).isEmpty();
            assertThat(folder.resolve("shards/00000/attention-cls.npy")).doesNotExist();
        }
    }

    @Test
    void theMetadataComeBackUnderTheirOwnNames() {
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(10);
        synthetic.write(folder);
        try (Study study = Study.open(folder)) {
            assertThat(study.metadata()).isEqualTo(synthetic.metadata());
            assertThat(study.metadata().get("label").counts()).isEqualTo(java.util.Map.of("covid", 5, "normal", 5));
            assertThat(study.metadata().get("age").missing()).isEqualTo(4);
            assertThatThrownBy(() -> study.metadata().get("site"))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessage("[metadata column site] the study has the columns label, age, width.");
        }
    }

    @Test
    void aFolderWithQuotesAndPatternCharactersKeepsItsMetadata() {
        Path odd = folder.resolve("it's [1] * study?");
        SyntheticStudy.ofHalves(2).write(odd);
        try (Study study = Study.open(odd)) {
            assertThat(study.metadata().rows()).isEqualTo(2);
            assertThat(study.metadata().columns()).hasSize(3);
        }
    }

    @Test
    void oneImageWithColoursMakesTheShardColoured() {
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(4);
        byte[] coloured = synthetic.view(2).toColour().samples().clone();
        coloured[5] ^= 1;
        ViewImage colours = new ViewImage(32, 48, 3, coloured);
        try (StudyWriter writer =
                        StudyWriter.open(folder, synthetic.manifest(), synthetic.inputs(), FailurePolicy.ACCEPT);
                ShardWriter shard = writer.begin(0)) {
            for (int i = 0; i < 4; i++) {
                ExtractedImage image = synthetic.image(i);
                shard.append(i != 2 ? image : withView(image, colours));
            }
            shard.commit();
        }
        try (Study study = Study.open(folder)) {
            assertThat(study.view(2)).isEqualTo(colours);
            assertThat(List.of(study.view(0), study.view(1), study.view(3)))
                    .isEqualTo(List.of(
                            synthetic.view(0).toColour(),
                            synthetic.view(1).toColour(),
                            synthetic.view(3).toColour()));
            assertThat(study.verify().isWhole()).isTrue();
        }
    }

    private static ExtractedImage withView(ExtractedImage image, ViewImage view) {
        return new ExtractedImage(
                image.input(), image.sha256(), image.width(), image.height(), view, image.tokens(), image.attention());
    }

    @Test
    void aGreyImageWithThreeChannelsIsKeptWithOne() {
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(1);
        ExtractedImage image = synthetic.image(0);
        try (StudyWriter writer =
                        StudyWriter.open(folder, synthetic.manifest(), synthetic.inputs(), FailurePolicy.ACCEPT);
                ShardWriter shard = writer.begin(0)) {
            shard.append(withView(image, image.view().toColour()));
            shard.commit();
        }
        try (Study study = Study.open(folder)) {
            assertThat(study.view(0)).isEqualTo(image.view());
        }
    }

    @Test
    void aStudyThatIsNotCompleteIsReadAsFarAsItGoes() {
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(10);
        try (StudyWriter writer =
                StudyWriter.open(folder, synthetic.manifest(), synthetic.inputs(), FailurePolicy.RETRY)) {
            synthetic.writeShard(writer, 0);
            synthetic.writeShard(writer, 2);
        }
        try (Study study = Study.open(folder)) {
            assertThat(study.isComplete()).isFalse();
            assertThat(study.images()).extracting(StudyImage::index).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(study.images().get(4).id()).isEqualTo("ward/image-0008.png");
            assertThat(study.embeddings(4, Layer.LAST).tokens())
                    .isEqualTo(synthetic.image(8).tokens().get(2));
            assertThat(study.metadata().columns()).isEmpty();
            assertThat(study.verify().isWhole()).isTrue();
        }
    }

    @Test
    void severalThreadsReadTheSame() {
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(40);
        synthetic.write(folder);
        try (Study study = Study.open(folder)) {
            List<FloatMatrix> read = IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(image -> study.embeddings(image, new Layer(2)).tokens())
                    .toList();
            for (int i = 0; i < 40; i++) {
                assertThat(read.get(i)).isEqualTo(synthetic.image(i).tokens().get(1));
            }
        }
    }

    @Test
    void aLayerOrImageThatIsNotThereIsNamedWithThoseThatAre() {
        SyntheticStudy.ofHalves(3).write(folder);
        try (Study study = Study.open(folder)) {
            assertThatThrownBy(() -> study.embeddings(0, new Layer(1)))
                    .hasMessage("[layer 1] the study stores 0,2,last. Extract it with --layers into another folder.");
            assertThatThrownBy(() -> study.embeddings(3, Layer.LAST))
                    .hasMessage("[image 3] the study has images 0 to 2.");
        }
    }

    @Test
    void aFolderThatIsNoStudyIsRefused() throws IOException {
        assertThatThrownBy(() -> Study.open(folder.resolve("nowhere"))).hasMessageContaining("does not exist");
        Files.writeString(folder.resolve("notes.txt"), "notes");
        assertThatThrownBy(() -> Study.open(folder))
                .isInstanceOfSatisfying(
                        PatchlensException.class,
                        e -> assertThat(e.category()).isEqualTo(PatchlensException.Category.USAGE))
                .hasMessageContaining("is no study (there is no study.json)");
    }

    @Test
    void theSizeOfAShardIsAPowerOfTwoNear64MiB() {
        assertThat(StudyManifest.imagesPerShard(1)).isEqualTo(128);
        assertThat(StudyManifest.imagesPerShard(512 << 10)).isEqualTo(128);
        assertThat(StudyManifest.imagesPerShard((512 << 10) + 1)).isEqualTo(64);
        assertThat(StudyManifest.imagesPerShard(40 << 20)).isEqualTo(1);
        assertThat(StudyManifest.imagesPerShard(1L << 40)).isEqualTo(1);
    }

    @Test
    void theSizeOfAnImageCountsTokensAttentionAndView() {
        StudyManifest manifest = SyntheticStudy.ofHalves(1).manifest();
        assertThat(manifest.bytesPerImage()).isEqualTo(2 * (3 * 7 * 8 + (2 * 3 + 1) * 7) + 3 * 48 * 32);
    }
}
