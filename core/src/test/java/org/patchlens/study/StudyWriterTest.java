package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.PatchlensException.Category;
import org.patchlens.embedding.ElementType;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.ModelDescription;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.tensor.FloatMatrix;

class StudyWriterTest {
    @TempDir
    Path temporary;

    private final SyntheticStudy synthetic = SyntheticStudy.ofHalves(10);

    private Path folder() {
        return temporary.resolve("study");
    }

    private StudyWriter open(StudyManifest manifest, List<StudyInput> inputs) {
        return StudyWriter.open(folder(), manifest, inputs, FailurePolicy.RETRY);
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        synthetic.write(folder());
        synthetic.write(temporary.resolve("again"));
        assertThat(FolderBytes.of(temporary.resolve("again"))).isEqualTo(FolderBytes.of(folder()));
    }

    @Test
    void shardsMadeInAnyOrderByAnyThreadGiveTheSameBytes() {
        synthetic.write(temporary.resolve("in order"));
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs());
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<? extends Future<?>> shards = IntStream.of(2, 0, 1)
                    .mapToObj(shard -> threads.submit(() -> synthetic.writeShard(writer, shard)))
                    .toList();
            for (Future<?> shard : shards) {
                assertThat(shard).succeedsWithin(Duration.ofSeconds(30));
            }
            writer.finish(synthetic.metadata());
        }
        assertThat(FolderBytes.of(folder())).isEqualTo(FolderBytes.of(temporary.resolve("in order")));
    }

    @Test
    void anAbandonedShardLeavesNothingAndTheNextRunGoesOn() {
        synthetic.write(temporary.resolve("uninterrupted"));
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            synthetic.writeShard(writer, 0);
            try (ShardWriter shard = writer.begin(1)) {
                shard.append(synthetic.image(4));
            }
            assertThat(writer.pendingShards()).containsExactly(1, 2);
        }
        assertThat(folder().resolve("shards").toFile().list()).containsExactly("00000");
        synthetic.write(folder());
        assertThat(FolderBytes.of(folder())).isEqualTo(FolderBytes.of(temporary.resolve("uninterrupted")));
    }

    @Test
    void aRunThatIsRefusedLeavesNothingBehind() throws IOException {
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            writer.withdraw();
        }
        assertThat(folder()).doesNotExist();

        Files.createDirectory(folder());
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            try (ShardWriter shard = writer.begin(0)) {
                shard.append(synthetic.image(0));
            }
            writer.withdraw();
        }
        assertThat(folder()).isEmptyDirectory();
    }

    @Test
    void whatIsCommittedOrWasBegunEarlierIsNotWithdrawn() throws IOException {
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            synthetic.writeShard(writer, 0);
            writer.withdraw();
            assertThat(writer.pendingShards()).containsExactly(1, 2);
        }
        assertThat(folder().resolve("shards/00000/shard.json")).exists();

        Path killed = temporary.resolve("killed");
        StudyWriter.open(killed, synthetic.manifest(), synthetic.inputs(), FailurePolicy.RETRY)
                .close();
        try (StudyWriter writer =
                StudyWriter.open(killed, synthetic.manifest(), synthetic.inputs(), FailurePolicy.RETRY)) {
            writer.withdraw();
        }
        assertThat(killed.resolve("study.json")).exists();
    }

    @Test
    void whatAKilledRunLeftIsRemoved() throws IOException {
        synthetic.write(folder());
        Path shards = folder().resolve("shards");
        Path leftOver = Files.createDirectory(shards.resolve(".00001.tmp"));
        Files.writeString(leftOver.resolve("tokens-layer-00.npy"), "half");
        Files.move(shards.resolve("00002"), shards.resolve(".00002.replaced"));
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            assertThat(writer.pendingShards()).isEmpty();
        }
        assertThat(shards.toFile().list()).containsExactlyInAnyOrder("00000", "00001", "00002");
    }

    @Test
    void aCompleteStudyIsLeftAsItIs() {
        synthetic.write(folder());
        var before = FolderBytes.of(folder());
        synthetic.write(folder());
        assertThat(FolderBytes.of(folder())).isEqualTo(before);
    }

    @Test
    void newMetadataReplaceTheOldWithoutANewExtraction() {
        synthetic.write(folder());
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            writer.finish(Metadata.none(10));
        }
        try (Study study = Study.open(folder())) {
            assertThat(study.metadata().columns()).isEmpty();
            assertThat(study.verify().isWhole()).isTrue();
        }
    }

    @Test
    void failuresAreKeptAndTheirShardIsMadeAgainOnlyOnRequest() {
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            synthetic.writeShard(writer, 0);
            synthetic.writeShard(writer, 2);
            try (ShardWriter shard = writer.begin(1)) {
                shard.append(synthetic.image(4));
                shard.fail(SyntheticStudy.input(6), "The file is truncated.");
                shard.append(synthetic.image(5));
                shard.append(synthetic.image(7));
                shard.commit();
            }
            assertThat(writer.pendingShards()).containsExactly(1);
            StudySummary summary = writer.finish(synthetic.metadata());
            assertThat(summary.images()).isEqualTo(9);
            assertThat(summary.failures()).isEqualTo(1);
        }
        try (Study study = Study.open(folder())) {
            assertThat(study.failures())
                    .containsExactly(new FailedInput(SyntheticStudy.input(6), "The file is truncated."));
            assertThat(study.images().get(6).id()).isEqualTo("ward/image-0007.png");
            assertThat(study.embeddings(6, Layer.LAST).tokens())
                    .isEqualTo(synthetic.image(7).tokens().get(2));
            assertThat(study.metadata().get("age").text(6)).contains("47");
        }
        try (StudyWriter writer =
                StudyWriter.open(folder(), synthetic.manifest(), synthetic.inputs(), FailurePolicy.ACCEPT)) {
            assertThat(writer.pendingShards()).isEmpty();
        }
        synthetic.write(temporary.resolve("without failures"));
        synthetic.write(folder());
        assertThat(FolderBytes.of(folder())).isEqualTo(FolderBytes.of(temporary.resolve("without failures")));
    }

    @Test
    void aShardOfFailuresOnlyIsAShard() {
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs().subList(0, 2))) {
            try (ShardWriter shard = writer.begin(0)) {
                shard.fail(SyntheticStudy.input(1), "b");
                shard.fail(SyntheticStudy.input(0), "a");
                shard.commit();
            }
            writer.finish(Metadata.none(2));
        }
        try (Study study = Study.open(folder())) {
            assertThat(study.images()).isEmpty();
            assertThat(study.failures()).extracting(FailedInput::reason).containsExactly("a", "b");
            assertThat(study.verify().isWhole()).isTrue();
        }
    }

    @Test
    void aFolderWithOtherFilesIsRefusedAndNotTouched() throws IOException {
        Files.createDirectory(folder());
        Files.writeString(folder().resolve("holiday.jpg"), "beach");
        assertRefused(
                synthetic.manifest(), synthetic.inputs(), "is not empty and holds no study (there is no study.json)");
        assertThat(folder().toFile().list()).containsExactly("holiday.jpg");
    }

    @Test
    void aFileIsRefused() throws IOException {
        Files.writeString(folder(), "a file");
        assertRefused(synthetic.manifest(), synthetic.inputs(), "is a file; a study is a folder");
    }

    @Test
    void aRunThatAsksForSomethingElseIsRefusedWithEachDifference() {
        synthetic.write(folder());
        StudyManifest study = synthetic.manifest();
        StudyManifest other = new StudyManifest(
                study.formatVersion(),
                study.model(),
                study.inputHeight(),
                study.inputWidth(),
                study.grid(),
                study.layout(),
                List.of(new Layer(0), new Layer(1), new Layer(2)),
                ElementType.F32,
                AttentionStorage.NONE,
                List.of(),
                study.imagesPerShard(),
                study.provenance());
        assertRefused(
                other,
                synthetic.inputs(),
                "layers: the study has 0,2,last, this run asks for 0..2;"
                        + " dtype: the study has f16, this run asks for f32;"
                        + " attention: the study has cls, this run asks for none."
                        + " Ask for the same as the study, or give another folder.");
    }

    @Test
    void aModelIsTheSameUnderAnotherNameButNotWithOtherWeights() {
        synthetic.write(folder());
        StudyManifest study = synthetic.manifest();
        open(withModel(study, "renamed", SyntheticStudy.MODEL_SHA256), synthetic.inputs())
                .close();
        assertRefused(
                withModel(study, "made-up", "b".repeat(64)),
                synthetic.inputs(),
                "model: the study has vit of 2 blocks and 8 dimensions, sha256 " + "a".repeat(64)
                        + ", this run asks for vit of 2 blocks and 8 dimensions, sha256 " + "b".repeat(64));
    }

    private static StudyManifest withModel(StudyManifest manifest, String name, String sha256) {
        ModelDescription model = manifest.model();
        return new StudyManifest(
                manifest.formatVersion(),
                new ModelDescription(
                        name,
                        model.family(),
                        sha256,
                        model.layers(),
                        model.heads(),
                        model.dimensions(),
                        model.patchSize(),
                        model.trainedSize(),
                        model.parameters(),
                        model.dtype()),
                manifest.inputHeight(),
                manifest.inputWidth(),
                manifest.grid(),
                manifest.layout(),
                manifest.layers(),
                manifest.dtype(),
                manifest.attention(),
                manifest.maskClasses(),
                manifest.imagesPerShard(),
                manifest.provenance());
    }

    @Test
    void otherImagesAreRefusedByName() {
        synthetic.write(folder());
        List<StudyInput> inputs = new ArrayList<>(synthetic.inputs());
        inputs.set(1, new StudyInput("ward/another.png", "another.png", 0));
        assertRefused(
                synthetic.manifest(),
                inputs,
                "was made of other images: ward/another.png is new and ward/image-0001.png is gone."
                        + " Give the same images as before, or another folder for the study.");
        inputs.set(1, synthetic.inputs().get(2));
        inputs.set(2, synthetic.inputs().get(1));
        assertRefused(synthetic.manifest(), inputs, "was made of other images: their order changed");
        assertRefused(synthetic.manifest(), synthetic.inputs().subList(0, 4), "and 3 more are gone");
    }

    @Test
    void imagesBehindTheCommittedShardsMayChange() {
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            synthetic.writeShard(writer, 0);
        }
        SyntheticStudy longer = new SyntheticStudy(synthetic.manifest(), 13);
        try (StudyWriter writer = open(longer.manifest(), longer.inputs())) {
            assertThat(writer.pendingShards()).containsExactly(1, 2, 3);
        }
        longer.write(folder());
        longer.write(temporary.resolve("at once"));
        assertThat(FolderBytes.of(folder())).isEqualTo(FolderBytes.of(temporary.resolve("at once")));
    }

    @Test
    void aCompleteStudyThatGrowsIsNotCompleteMeanwhile() {
        SyntheticStudy eight = new SyntheticStudy(synthetic.manifest(), 8);
        eight.write(folder());
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs())) {
            synthetic.writeShard(writer, 2);
            try (Study study = Study.open(folder())) {
                assertThat(study.isComplete()).isFalse();
                assertThat(study.images()).hasSize(10);
            }
        }
    }

    @Test
    void twoInputsOfOneNameAreRefused() {
        List<StudyInput> inputs = List.of(new StudyInput("a.png", "x/a.png", 0), new StudyInput("a.png", "y/a.png", 0));
        assertThatThrownBy(() -> open(synthetic.manifest(), inputs))
                .hasMessage("[a.png] names two inputs, x/a.png and y/a.png."
                        + " Give the folder above both, so that their names differ.");
    }

    @Test
    void twoWritersAtATimeAreRefused() {
        try (StudyWriter first = open(synthetic.manifest(), synthetic.inputs())) {
            assertThat(first.pendingShards()).hasSize(3);
            assertRefused(synthetic.manifest(), synthetic.inputs(), "is being written by another extraction");
        }
        open(synthetic.manifest(), synthetic.inputs()).close();
    }

    private void assertRefused(StudyManifest manifest, List<StudyInput> inputs, String message) {
        assertThatThrownBy(() -> open(manifest, inputs).close())
                .isInstanceOfSatisfying(
                        PatchlensException.class, e -> assertThat(e.category()).isEqualTo(Category.USAGE))
                .hasMessageStartingWith("[" + folder() + "] ")
                .hasMessageContaining(message);
    }

    @Test
    void aNumberThatSixteenBitsDoNotKeepIsRefusedAndTheNextImageIsWhole() {
        for (float tooMuch : new float[] {65_520f, Float.NEGATIVE_INFINITY, Float.NaN}) {
            ExtractedImage image = synthetic.image(1);
            FloatMatrix broken = FloatMatrix.zeros(7, 8);
            broken.set(3, 4, tooMuch);
            ExtractedImage refused = new ExtractedImage(
                    image.input(),
                    image.sha256(),
                    image.width(),
                    image.height(),
                    image.view(),
                    List.of(image.tokens().get(0), broken, image.tokens().get(2)),
                    image.attention());
            try (StudyWriter writer = StudyWriter.open(
                            temporary.resolve("study " + tooMuch),
                            synthetic.manifest(),
                            synthetic.inputs().subList(0, 3),
                            FailurePolicy.RETRY);
                    ShardWriter shard = writer.begin(0)) {
                shard.append(synthetic.image(0));
                assertThatThrownBy(() -> shard.append(refused))
                        .hasMessage("[ward/image-0001.png] at layer 2 the model gave a number beyond 65,504, or none"
                                + " (NaN), which f16 cannot keep. Use --dtype f32 with a new study folder.");
                shard.fail(image.input(), "overflow");
                shard.append(synthetic.image(2));
                shard.commit();
            }
            try (Study study = Study.open(temporary.resolve("study " + tooMuch))) {
                assertThat(study.embeddings(1, new Layer(0)).tokens())
                        .isEqualTo(synthetic.image(2).tokens().get(0));
                assertThat(study.embeddings(1, Layer.LAST).tokens())
                        .isEqualTo(synthetic.image(2).tokens().get(2));
            }
        }
    }

    @Test
    void aShardThatIsNotWholeCannotBeCommitted() {
        try (StudyWriter writer = open(synthetic.manifest(), synthetic.inputs());
                ShardWriter shard = writer.begin(0)) {
            shard.append(synthetic.image(0));
            shard.append(synthetic.image(2));
            assertThatThrownBy(shard::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> shard.append(synthetic.image(1))).hasMessageContaining("comes after");
            assertThatThrownBy(() -> shard.append(synthetic.image(2))).hasMessageContaining("already written");
            assertThatThrownBy(() -> shard.append(synthetic.image(4))).hasMessageContaining("not of shard 0");
        }
    }
}
