package org.patchlens.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.ResultFiles;
import org.patchlens.analysis.cluster.Clusters;
import org.patchlens.analysis.neighbors.Neighbors;
import org.patchlens.analysis.probe.Probe;
import org.patchlens.analysis.projection.Projection;
import org.patchlens.analysis.similarity.Similarity;
import org.patchlens.figure.FigureFiles;
import org.patchlens.figure.FigurePainter;
import org.patchlens.study.Study;
import org.patchlens.study.disk.DiskProblem;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultStore;

/// The results that are ready when the explorer opens, each with its pictures.
final class DemoResults {
    private static final double SCALE = 1.5;

    private final Study study;
    private final Path figures;
    private final ResultStore store;
    private final List<Ready<?, ?>> all;

    /// A result that is wanted.
    ///
    /// @param analysis that makes it
    /// @param name it is kept under
    /// @param given options that differ from the defaults
    private record Ready<O extends Record, R extends Record>(
            Analysis<O, R> analysis, String name, Map<String, String> given) {
        ResultName resultName() {
            return new ResultName(analysis.name(), name);
        }
    }

    DemoResults(Study study, DemoStory story, Path figures) {
        this.study = study;
        this.figures = figures;
        this.store = new ResultStore(study.folder());
        Map<String, String> patch = Map.of("image", story.imageId(), "patch", story.patchText());
        this.all = List.of(
                new Ready<>(Similarity.ANALYSIS, "demo-lesion", with(patch, Map.of("to", "all", "reduce", "center"))),
                new Ready<>(Neighbors.ANALYSIS, "demo-lesion", with(patch, Map.of("exclude", "same-patient"))),
                new Ready<>(Projection.ANALYSIS, "demo-map", Map.of("method", "umap", "most", "5000")),
                new Ready<>(Clusters.ANALYSIS, "demo-clusters", Map.of("clusters", "16", "most", "20000")),
                new Ready<>(Probe.ANALYSIS, "demo-disease", Map.of("target", "label", "permutations", "200")),
                new Ready<>(Probe.ANALYSIS, "demo-site", Map.of("target", "site", "permutations", "200")));
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    /// Makes those that are missing.
    void complete(Progress progress) {
        for (Ready<?, ?> ready : all) {
            if (!store.contains(ready.resultName())) {
                make(ready, progress);
            }
        }
    }

    private <O extends Record, R extends Record> void make(Ready<O, R> ready, Progress progress) {
        Analysis<O, R> analysis = ready.analysis();
        O options = analysis.schema().parse(ready.given());
        R result = analysis.function().of(study, options, progress);
        draw(analysis.name() + "-" + ready.name() + ".png", analysis.figures().of(result));
        store.save(ready.resultName(), ResultFiles.of(analysis, options, result));
    }

    private void draw(String name, List<Figure> drawn) {
        try {
            Files.createDirectories(figures);
        } catch (IOException e) {
            throw DiskProblem.writing(figures, e);
        }
        FigureFiles.writePng(figures.resolve(name), drawn, new FigurePainter(study::view, SCALE));
    }
}
