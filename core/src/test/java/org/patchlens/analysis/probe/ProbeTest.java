package org.patchlens.analysis.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.embedding.Layer;
import org.patchlens.learning.Targets;
import org.patchlens.stats.Evidence;
import org.patchlens.stats.Interval;
import org.patchlens.stats.Verdict;
import org.patchlens.study.Study;
import org.patchlens.tensor.FloatMatrix;

/// The study of [ProbeStudy]: layer 1 knows nothing, layer 2 the label and the size.
class ProbeTest implements AnalysisContract<ProbeOptions, Probe.Result> {
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
    public Analysis<ProbeOptions, Probe.Result> analysis() {
        return Probe.ANALYSIS;
    }

    @Override
    public Study study() {
        return study;
    }

    private static ProbeOptions options(String... namesAndValues) {
        Map<String, String> texts = new LinkedHashMap<>(Map.of("permutations", "99", "repeats", "2"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Probe.ANALYSIS.schema().parse(texts);
    }

    private Probe.Result probe(String... namesAndValues) {
        return Probe.of(study, options(namesAndValues), Progress.NONE);
    }

    @Test
    void thePlantedLayerIsToldFromTheOtherAndFromPixels() {
        Probe.Result result = probe();
        assertThat(result.unitOfInference()).isEqualTo("patient (column patient)");
        assertThat(result.patients()).isEqualTo(24);
        assertThat(result.evidence()).isEqualTo(Evidence.ESTIMATE);
        LayerProbe nothing = result.layers().get(0);
        LayerProbe planted = result.layers().get(1);
        assertThat(planted.first().value()).isGreaterThan(0.9);
        assertThat(planted.pValue()).isEqualTo(0.01);
        assertThat(planted.qValue()).isEqualTo(0.02);
        assertThat(planted.qValueAnyDependence()).isCloseTo(0.03, within(1e-12));
        assertThat(planted.verdict()).isEqualTo(Verdict.ABOVE_THRESHOLD);
        assertThat(planted.selectivity()).isGreaterThan(0.2);
        assertThat(planted.first().interval().method()).isEqualTo(Interval.Method.NEWCOMBE);
        assertThat(planted.overBaseline().baseline()).isEqualTo("pixels");
        assertThat(planted.overBaseline().interval().low()).isPositive();
        assertThat(nothing.pValue()).isGreaterThan(0.05);
        assertThat(nothing.verdict()).isNotEqualTo(Verdict.ABOVE_THRESHOLD);
        assertThat(result.baselines().getFirst().scores().getFirst().value()).isBetween(0.2, 0.8);
    }

    @Test
    void everyFoldIsThereAndNoPatientIsInTwo() {
        Probe.Result result = probe("folds", "4");
        List<LayerProbe.FoldScore> folds = result.layers().get(1).folds();
        assertThat(folds).hasSize(8);
        assertThat(folds)
                .allMatch(fold -> fold.choice().isPresent() && fold.values().size() == 5);
        assertThat(folds.stream()
                        .filter(fold -> fold.repeat() == 0)
                        .mapToInt(LayerProbe.FoldScore::patients)
                        .sum())
                .isEqualTo(24);
        for (int image = 0; image < ProbeStudy.IMAGES; image += 2) {
            assertThat(result.folds().get(image)).isEqualTo(result.folds().get(image + 1));
        }
    }

    @Test
    void predictionsAreOfImagesThatWereHeldOutAndCurvesAreOfThem() {
        Probe.Result result = probe();
        assertThat(result.images()).hasSize(48);
        int right = 0;
        for (int i = 0; i < 48; i++) {
            FloatMatrix row = result.predictions().row(i);
            assertThat(row.get(0, 0) + row.get(0, 1)).isCloseTo(1, within(1e-5f));
            right += (row.get(0, 1) > 0.5f) == ProbeStudy.sick(result.images().get(i)) ? 1 : 0;
        }
        Probe.Curves curves = result.curves().orElseThrow();
        assertThat(curves.confusion().get(0, 0) + curves.confusion().get(1, 1)).isEqualTo(right);
        assertThat(result.classes().get(1).recall())
                .isEqualTo(curves.confusion().get(1, 1) / 24.0);
        assertThat(curves.receiverOperating().get(0, 100)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "ridge", "knn", "prototype", "mlp"})
    void everyKindFindsWhatIsPlantedAndItsWeightsPredictIt(String kind) {
        // early stopping needs more rows than the forty images that are trained on
        String unit = kind.equals("mlp") ? "patch" : "image";
        Probe.Result result = probe("kind", kind, "layers", "2", "repeats", "1", "unit", unit);
        assertThat(result.layers().getFirst().first().value()).isGreaterThan(0.85);
        FloatMatrix predicted = result.weights().predictor().predict(rows());
        long right = IntStream.range(0, 48)
                .filter(image -> predicted.get(image, 1) > 0.5f == ProbeStudy.sick(image))
                .count();
        assertThat(right).isGreaterThan(40);
    }

    private FloatMatrix rows() {
        FloatMatrix rows = FloatMatrix.zeros(48, 10);
        for (int image = 0; image < 48; image++) {
            rows.row(image).copyFrom(org.patchlens.study.Pooling.MEAN.pool(study.embeddings(image, new Layer(2))));
        }
        return rows;
    }

    @Test
    void aNumberIsPredictedByRegression() {
        Probe.Result result = probe("target", "size", "regress", "true");
        assertThat(result.task()).isEqualTo(Targets.Task.REGRESSION);
        LayerProbe planted = result.layers().get(1);
        assertThat(planted.first().metric()).isEqualTo(Score.Metric.R_SQUARED);
        assertThat(planted.first().value()).isGreaterThan(0.5);
        assertThat(planted.scores().get(1).value()).isLessThan(0.2);
        assertThat(planted.pValue()).isEqualTo(0.01);
        assertThat(result.layers().getFirst().first().value()).isLessThan(0.2);
        assertThat(Probe.figures(result)).hasAtLeastOneElementOfType(Figure.Scatter.class);
    }

    @Test
    void patchesAreTrainedOnAndImagesAreJudged() {
        Probe.Result result = probe("unit", "patch", "patches", "5", "layers", "2", "repeats", "1");
        LayerProbe planted = result.layers().getFirst();
        assertThat(planted.first().value()).isGreaterThan(0.85);
        assertThat(planted.folds()).allMatch(fold -> fold.trainingRows() == 5 * (48 - fold.samples()));
        assertThat(result.patchPredictions().rows()).isEqualTo(48 * 16);
        assertThat(Probe.figures(result)).hasAtLeastOneElementOfType(Figure.Overlay.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cls", "max", "region"})
    void anImageBecomesARowInOtherWaysToo(String pool) {
        String[] given = pool.equals("region")
                ? new String[] {"pool", pool, "region", "organ", "layers", "2"}
                : new String[] {"pool", pool, "layers", "2"};
        assertThat(probe(given).layers().getFirst().first().value()).isGreaterThan(0.75);
    }

    @Test
    void aRandomEncoderStandsBesideEveryLayer() {
        new ProbeStudy('b', 0, false, List.of()).write(folder.resolve("random")).close();
        Probe.Result result = probe("baseline-study", "random");
        assertThat(result.baselines()).hasSize(3);
        assertThat(result.baselines().get(2).layer()).contains(new Layer(2));
        assertThat(((Figure.Lines) Probe.figures(result).getFirst()).series()).contains("random encoder");
        assertThatThrownBy(() -> probe("baseline-study", "usual"))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[--baseline-study usual] has the same weights as the study.");
        assertThatThrownBy(() -> probe("baseline-study", "../random"))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("without a path");
    }

    @Test
    void withoutPatientsTheImageIsTheUnitAndTheResultSaysSo() {
        try (Study unknown = ProbeStudy.usual()
                .with(ProbeStudy.column("patient", image -> ""))
                .write(folder.resolve("unknown"))) {
            Probe.Result result = Probe.of(unknown, options(), Progress.NONE);
            assertThat(result.unitOfInference()).isEqualTo("image, because no column tells patients apart");
            assertThat(result.patients()).isEqualTo(48);
        }
    }

    @Test
    void aPatientInBothClassesIsReported() {
        try (Study mixed = ProbeStudy.usual()
                .with(ProbeStudy.column("label", image -> image % 2 == 0 ? "sick" : "healthy"))
                .write(folder.resolve("mixed"))) {
            Probe.Result result = Probe.of(mixed, options(), Progress.NONE);
            assertThat(result.warnings()).contains("24 of 24 patients have images of more than one class.");
        }
    }

    @Test
    void aClassOfFewPatientsIsLeftOutAndSaid() {
        try (Study rare = ProbeStudy.usual()
                .with(ProbeStudy.column(
                        "label", image -> image < 8 ? "rare" : ProbeStudy.sick(image) ? "sick" : "healthy"))
                .write(folder.resolve("rare"))) {
            Probe.Result result = Probe.of(rare, options(), Progress.NONE);
            assertThat(result.classes()).extracting(Probe.ClassScore::name).containsExactly("healthy", "sick");
            assertThat(result.warnings().getFirst()).startsWith("The class rare is left out");
        }
    }

    @Test
    void whatCannotBeProbedIsRefusedInOneSentence() {
        refused("[metadata column colour] the study has the columns patient, label, size.", "target", "colour");
        refused("[target label] two classes with at least 10 patients each are needed", "classes", "sick");
        refused("[class gone] is no value of label", "classes", "gone,sick");
        refused("[class healthy] has 12 patients, fewer than the 15 folds.", "folds", "15");
        refused("[layer 7] is not in the study", "layers", "7");
        refused("[--show 1] the layers that are probed are [2].", "layers", "2", "show", "1");
        refused("[--pool region] needs the mask class.", "pool", "region");
        refused("[--regress] the column label holds text", "regress", "true");
        refused("[--regress] is done by ridge regression.", "target", "size", "regress", "true", "kind", "knn");
        refused("[--target masks] masks are predicted patch by patch.", "target", "masks");
        refused("[where label = gone] selects none", "where", "label = gone");
    }

    private void refused(String message, String... namesAndValues) {
        assertThatThrownBy(() -> probe(namesAndValues))
                .as(String.join(" ", namesAndValues))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedWithTheirImage() throws IOException {
        ProbeStudy.usual().write(folder.resolve("nan")).close();
        Path file = folder.resolve("nan/shards/00000/tokens-layer-02.npy");
        byte[] bytes = Files.readAllBytes(file);
        // after the 128 bytes of the header come the 10 numbers of CLS, then the first patch
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(128 + 4 * 10, Float.NaN);
        Files.write(file, bytes);
        try (Study damaged = Study.open(folder.resolve("nan"))) {
            assertThatThrownBy(() -> Probe.of(damaged, options(), Progress.NONE))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageStartingWith("[image-0.png] layer 2 holds numbers that are not finite.");
        }
    }

    @Test
    void oneClassIsRefused() {
        try (Study single = ProbeStudy.usual()
                .with(ProbeStudy.column("label", image -> "sick"))
                .write(folder.resolve("single"))) {
            assertThatThrownBy(() -> Probe.of(single, options(), Progress.NONE))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("there is only [sick]");
        }
    }

    @Test
    void aTargetOfManyNumbersAsksForRegression() {
        try (Study numbers = ProbeStudy.usual()
                .with(ProbeStudy.column("label", Integer::toString))
                .write(folder.resolve("numbers"))) {
            assertThatThrownBy(() -> Probe.of(numbers, options(), Progress.NONE))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessageContaining("Did you mean a regression? Give --regress");
        }
    }

    @Test
    void theSameFileUnderTwoPatientsIsKeptTogetherAndSaid() {
        try (Study twins = new ProbeStudy('a', 2, true, List.of()).write(folder.resolve("twins"))) {
            Probe.Result result = Probe.of(twins, options(), Progress.NONE);
            assertThat(result.warnings().getFirst()).startsWith("1 images are the same file");
            assertThat(result.patients()).isEqualTo(23);
            assertThat(result.folds().get(0)).isEqualTo(result.folds().get(4));
        }
    }
}
