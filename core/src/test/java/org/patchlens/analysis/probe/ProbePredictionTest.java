package org.patchlens.analysis.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.ResultFiles;
import org.patchlens.embedding.Layer;
import org.patchlens.study.Pooling;
import org.patchlens.study.Study;
import org.patchlens.study.result.ResultContent;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;
import org.patchlens.tensor.FloatMatrix;

/// A probe that is saved, read back and applied says what it said when it was trained.
class ProbePredictionTest {
    private static final ResultName NAME = new ResultName("probe", "sick");

    @TempDir
    Path folder;

    private Probe.Result save(Study study, Map<String, String> texts) {
        ProbeOptions options = Probe.ANALYSIS.schema().parse(texts);
        Probe.Result result = Probe.of(study, options, Progress.NONE);
        new ResultStore(study.folder()).save(NAME, ResultFiles.of(Probe.ANALYSIS, options, result));
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        "logistic, label, false",
        "ridge, label, false",
        "knn, label, false",
        "prototype, label, false",
        "mlp, label, false",
        "ridge, size, true",
    })
    void whatIsSavedPredictsTheSame(String kind, String target, String regress) {
        try (Study study = ProbeStudy.usual().write(folder.resolve("study"))) {
            Probe.Result result = save(
                    study,
                    Map.of(
                            "kind",
                            kind,
                            "target",
                            target,
                            "regress",
                            regress,
                            "repeats",
                            "1",
                            "permutations",
                            "0",
                            "layers",
                            "2"));
            SavedProbe saved = SavedProbe.read(new ResultStore(study.folder()).get(NAME));
            assertThat(saved.weights()).isEqualTo(result.weights());
            ProbePrediction prediction = ProbePrediction.of(study, saved, Progress.NONE);
            assertThat(prediction.images()).hasSize(48);
            FloatMatrix row = Pooling.MEAN.pool(study.embeddings(7, new Layer(2)));
            FloatMatrix expected = result.weights().predictor().predict(row);
            for (int k = 0; k < expected.columns(); k++) {
                assertThat(prediction.images().get(7).values().get(k)).isCloseTo(expected.get(0, k), within(2e-6));
            }
            assertThat(prediction.images().get(7).predicted().isPresent()).isEqualTo(regress.equals("false"));
            assertThat(prediction.table().rows()).hasSize(48);
        }
    }

    @Test
    void aStudyOfAnotherModelIsRefused() {
        try (Study study = ProbeStudy.usual().write(folder.resolve("study"));
                Study other = new ProbeStudy('b', 2, false, List.of()).write(folder.resolve("other"))) {
            save(study, Map.of("repeats", "1", "permutations", "0"));
            SavedProbe saved = SavedProbe.read(new ResultStore(study.folder()).get(NAME));
            assertThatThrownBy(() -> ProbePrediction.of(other, saved, Progress.NONE))
                    .isInstanceOf(PatchlensException.class)
                    .hasMessage("[--probe probe/sick] was trained on made-up with the checksum aaaaaaaaaaaa…; the study"
                            + " is of made-up with bbbbbbbbbbbb…. Extract the images with the same model.");
        }
    }

    @Test
    void weightsThatDoNotFitTogetherAreRefused() throws IOException {
        try (Study study = ProbeStudy.usual().write(folder.resolve("study"))) {
            save(study, Map.of("repeats", "1", "permutations", "0"));
            String json = Files.readString(folder.resolve("study/results/probe/sick/result.json"));
            refused(study, json.replaceFirst("\"form\"\\s*: \"logit\"", "\"form\": \"logarithm\""), "logarithm");
            refused(study, json.replaceFirst("\"mean\"\\s*: \\[\\s*\\[", "\"mean\": [[1, "), "do not fit together");
            refused(
                    study,
                    json.replaceFirst("\"weights\"\\s*: \\[\\s*\\[", "\"weights\": [[1], ["),
                    "different length");
            refused(study, json.replaceFirst("\"weights\"\\s*: \\{", "\"unknown\": {"), "holds no probe");
        }
    }

    private void refused(Study study, String json, String reason) {
        ResultStore store = new ResultStore(study.folder());
        ResultContent content = new ResultContent(
                store.get(NAME).saved().options(),
                store.get(NAME).saved().provenance(),
                json,
                "[]",
                store.get(NAME).arrays());
        ResultName broken = new ResultName("probe", "broken");
        store.save(broken, content);
        assertThatThrownBy(() -> SavedProbe.read(store.get(broken)))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[")
                .hasMessageContaining(reason);
        store.remove(broken);
    }

    @Test
    void ofPatchesTheMeanLogitCounts() {
        try (Study study = ProbeStudy.usual().write(folder.resolve("study"))) {
            Probe.Result result =
                    save(study, Map.of("unit", "patch", "repeats", "1", "permutations", "0", "layers", "2"));
            SavedProbe saved = SavedProbe.read(new ResultStore(study.folder()).get(NAME));
            ProbePrediction prediction = ProbePrediction.of(study, saved, Progress.NONE);
            FloatMatrix patches = result.weights()
                    .predictor()
                    .predict(study.embeddings(3, new Layer(2)).patches());
            double logit = 0;
            for (int patch = 0; patch < 16; patch++) {
                logit += Math.log(patches.get(patch, 1) / patches.get(patch, 0)) / 16;
            }
            assertThat(prediction.images().get(3).values().get(1)).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-4));
        }
    }
}
