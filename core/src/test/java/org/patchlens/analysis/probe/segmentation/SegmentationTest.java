package org.patchlens.analysis.probe.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.AnalysisContract;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.probe.ProbeStudy;
import org.patchlens.embedding.Layer;
import org.patchlens.stats.Groups;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// The study of [ProbeStudy]: whether the organ covers a patch is planted in the patches of layer 2, and neither
/// in layer 1, nor in the pixels, nor in the place.
class SegmentationTest implements AnalysisContract<SegmentationOptions, Segmentation.Result> {
    @TempDir
    Path folder;

    private Study study;

    @BeforeEach
    void writeStudy() {
        study = ProbeStudy.usual().write(folder.resolve("usual"));
    }

    @AfterEach
    void closeStudy() {
        study.close();
    }

    @Override
    public Analysis<SegmentationOptions, Segmentation.Result> analysis() {
        return Segmentation.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    private Segmentation.Result probe(String... namesAndValues) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Segmentation.of(study, Segmentation.ANALYSIS.schema().parse(texts), Progress.NONE);
    }

    @Test
    void whatIsPlantedInPatchesIsFoundThereAlone() {
        Segmentation.Result result = probe("layers", "1,2");
        Segmentation.ClassScore pixels = result.scores().get(0);
        Segmentation.ClassScore nothing = result.scores().get(1);
        Segmentation.ClassScore planted = result.scores().get(2);
        assertThat(pixels.layer()).isEmpty();
        assertThat(planted.layer()).contains(new Layer(2));
        assertThat(planted.patchAuroc()).isGreaterThan(0.95);
        assertThat(planted.patchDice().value()).isGreaterThan(0.85);
        assertThat(planted.pixelDice().interval().low())
                .isGreaterThan(pixels.pixelDice().interval().high());
        assertThat(nothing.patchAuroc()).isBetween(0.4, 0.6);
        assertThat(pixels.patchAuroc()).isBetween(0.4, 0.6);
        assertThat(planted.images()).isEqualTo(48);
        assertThat(planted.patients()).isEqualTo(24);
        assertThat(planted.worst()).hasSize(5);
        assertThat(planted.worst().get(0).pixelDice())
                .isLessThanOrEqualTo(planted.worst().get(4).pixelDice());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ridge", "mlp"})
    void otherKindsFindItToo(String kind) {
        assertThat(probe("kind", kind, "layers", "2")
                        .scores()
                        .get(1)
                        .patchDice()
                        .value())
                .isGreaterThan(0.85);
    }

    @Test
    void aThresholdMakesHardTargets() {
        double soft = probe("layers", "2").scores().get(1).pixelDice().value();
        double hard = probe("layers", "2", "threshold", "0.5")
                .scores()
                .get(1)
                .pixelDice()
                .value();
        assertThat(hard).isNotEqualTo(soft).isGreaterThan(0.8);
    }

    @Test
    void fewImagesAreEnoughAndTheirPatientsAreNotPredicted() {
        Segmentation.Result result = probe("layers", "2", "train-images", "image-0.png,image-7.png");
        assertThat(result.trainingImages()).isEqualTo(2);
        Segmentation.ClassScore planted = result.scores().get(1);
        assertThat(planted.images()).isEqualTo(44);
        assertThat(planted.patchAuroc()).isGreaterThan(0.9);
        for (int image : List.of(0, 1, 6, 7)) {
            assertThat(result.predictions().get(image * 16, 0)).isNaN();
        }
        assertThat(result.predictions().get(2 * 16, 0)).isBetween(0f, 1f);
    }

    /// Two patches, one covered by 0.9 and predicted, one covered by 0.3 and not: by area 0.9 of 1 predicted and
    /// of 1.2 true.
    @Test
    void pixelsAreCountedByTheirArea() {
        FloatMatrix coverage = FloatMatrix.zeros(16, 1);
        coverage.set(0, 0, 0.9f);
        coverage.set(1, 0, 0.3f);
        FloatMatrix predicted = FloatMatrix.zeros(16, 1);
        predicted.set(0, 0, 0.8f);
        predicted.set(1, 0, 0.4f);
        SegmentationSamples samples = new SegmentationSamples(
                new int[] {3}, List.of(coverage), Groups.ofSingleRows(1), List.of(0), "patient", List.of());
        SegmentationScoring scoring = new SegmentationScoring(study, samples, 0, List.of(new int[] {0}), predicted);
        try (TaskPool pool = new TaskPool(1)) {
            Segmentation.ClassScore score = scoring.score(Optional.empty(), List.of(), new Seed(1), pool);
            assertThat(score.pixelDice().value()).isCloseTo(1.8 / 2.2, within(1e-6));
            assertThat(score.pixelIou().value()).isCloseTo(0.9 / 1.3, within(1e-6));
            assertThat(score.patchDice().value()).isEqualTo(1);
            assertThat(score.patchAuroc()).isEqualTo(1);
            // of the 14.8 that are not covered, 0.1 ties with the best, 0.7 with the second
            double expected = (0.9 * (14.7 + 0.05) + 0.3 * (14 + 0.35)) / (1.2 * 14.8);
            assertThat(score.pixelAuroc()).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void whatCannotBeSegmentedIsRefusedInOneSentence() {
        refused("[mask class bone] the masks have the classes [organ].", "classes", "bone");
        refused("[--train-images nobody.png] is not among the 48 images with a mask.", "train-images", "nobody.png");
        refused("[layer 9] is not in the study", "layers", "9");
        String everybody = String.join(
                ",", IntStream.range(0, 48).mapToObj(i -> "image-" + i + ".png").toList());
        refused("[--train-images] leaves no image of another patient", "train-images", everybody);
    }

    private void refused(String message, String... namesAndValues) {
        assertThatThrownBy(() -> probe(namesAndValues))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith(message);
    }
}
