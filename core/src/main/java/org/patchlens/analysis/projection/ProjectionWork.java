package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure.PointColors;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.projection.ProjectionOptions.Foreground;
import org.patchlens.analysis.projection.pca.ComponentColors;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.neighbor.NeighborSearch;
import org.patchlens.point.NormLimit;
import org.patchlens.point.PointChoice;
import org.patchlens.point.PointSet;
import org.patchlens.point.PointSource;
import org.patchlens.point.PointUnit;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StreamingCovariance;
import org.patchlens.tensor.TaskPool;

/// One projection on its way.
record ProjectionWork(Study study, ProjectionOptions options, Progress progress, TaskPool pool) {
    private static final int COMPONENTS = 50;
    private static final int FEWEST_POINTS = 4;
    /// What the search for neighbours counts in progress, in iterations.
    private static final int NEIGHBOR_STEPS = 200;

    Projection.Result result() {
        Layer layer = options.layer().orElseGet(() -> study.manifest().layers().getLast());
        if (study.images().isEmpty()) {
            throw PatchlensException.usage("study", "has no images", "");
        }
        PointChoice choice = PointChoice.all(options.points()).withMost(options.most(), options.seed());
        PointSource all = new PointSource(study, PointSet.of(study, choice), layer, options.metric());
        boolean patches = options.points() == PointUnit.PATCHES;
        NormLimit limit =
                patches ? NormLimit.of(all, options.factor(), image -> report(0, image)) : NormLimit.none(all.points());
        PointSource usual = all.with(limit.kept());
        checkSize(usual);
        PrincipalComponents first = components(usual);
        Side side = new Side(first, options.foreground());
        PointSource source = side.of(usual, pool);
        checkSize(source);
        PrincipalComponents components = options.foreground() == Foreground.ALL ? first : components(source);
        FloatMatrix scores = scores(source, components);
        MapLayout layout = layOut(source, scores);
        PointColors colors = new PointColoring(source).by(options.colorBy());
        Optional<Projection.ShownImage> shown =
                patches ? Optional.of(shown(usual, limit.threshold(), side, components, scores)) : Optional.empty();
        MapQuality quality = MapQuality.of(scores, layout.positions(), new Seed(options.seed()), pool);
        progress.report("project", total(source.size()), total(source.size()));
        return result(layer, limit.leftOut(), source, components, layout, colors, shown, quality);
    }

    private Projection.Result result(
            Layer layer,
            int leftOut,
            PointSource source,
            PrincipalComponents components,
            MapLayout layout,
            PointColors colors,
            Optional<Projection.ShownImage> shown,
            MapQuality quality) {
        StudyManifest manifest = study.manifest();
        List<Integer> images = new ArrayList<>();
        List<Integer> patches = new ArrayList<>();
        PointSet points = source.points();
        for (int image = 0; image < points.images(); image++) {
            for (int point = points.start(image); point < points.end(image); point++) {
                images.add(image);
                patches.add(points.patch(point));
            }
        }
        return new Projection.Result(
                manifest.model().name(),
                layer,
                options.method(),
                options.points(),
                leftOut,
                layout.positions(),
                images,
                patches,
                colors,
                shown,
                shares(components),
                components.keptVariance(),
                layout.divergence(),
                layout.iterations(),
                layout.recall(),
                quality,
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        options.seed()));
    }

    /// The steps before neighbours are searched.
    private long before() {
        return 3L * study.images().size();
    }

    private long total(int points) {
        return before() + NEIGHBOR_STEPS + MapLayout.iterations(options, points) + 1;
    }

    private void report(int pass, int image) {
        long total = total(options.most());
        progress.report("project", (long) pass * study.images().size() + image, total);
    }

    private void checkSize(PointSource source) {
        if (source.size() < FEWEST_POINTS) {
            throw PatchlensException.usage(
                    "project", "there are " + source.size() + " points; a map needs at least " + FEWEST_POINTS, "");
        }
        MapLayout.check(options, source.size());
    }

    private Projection.ShownImage shown(
            PointSource source, float threshold, Side side, PrincipalComponents components, FloatMatrix scores) {
        StudyImage image = options.image()
                .map(this::imageOf)
                .orElseGet(() -> study.images().getFirst());
        PointSource whole = source.allOf(image.index());
        FloatMatrix rows = whole.rows(image.index());
        boolean[] own = side.contains(rows, pool);
        float[] norms = whole.norms(image.index());
        for (int patch = 0; patch < own.length; patch++) {
            own[patch] &= norms[patch] <= threshold;
        }
        PatchGrid grid = study.manifest().grid();
        FloatMatrix colors = ComponentColors.of(scores).paint(components.scores(rows, pool), own);
        return new Projection.ShownImage(image.index(), image.id(), grid, colors);
    }

    private StudyImage imageOf(String id) {
        return study.images().stream()
                .filter(image -> image.id().equals(id))
                .findFirst()
                .orElseThrow(() -> PatchlensException.usage(
                        "image " + id,
                        "is not in the study, whose images have ids such as "
                                + study.images().getFirst().id(),
                        ""));
    }

    private PrincipalComponents components(PointSource source) {
        StreamingCovariance covariance =
                new StreamingCovariance(study.manifest().model().dimensions(), pool);
        for (int image = 0; image < study.images().size(); image++) {
            report(1, image);
            covariance.add(source.rows(image));
        }
        PrincipalComponents components = PrincipalComponents.of(covariance, COMPONENTS);
        if (!(components.totalVariance() > 0)) {
            throw PatchlensException.badData(
                    "project", "all " + source.size() + " points are equal; there is nothing to map", "");
        }
        return components;
    }

    private FloatMatrix scores(PointSource source, PrincipalComponents components) {
        FloatMatrix scores =
                FloatMatrix.zeros(source.size(), components.components().rows());
        int at = 0;
        for (int image = 0; image < study.images().size(); image++) {
            report(2, image);
            FloatMatrix ofImage = components.scores(source.rows(image), pool);
            scores.rows(at, at + ofImage.rows()).copyFrom(ofImage);
            at += ofImage.rows();
        }
        return scores;
    }

    private MapLayout layOut(PointSource source, FloatMatrix scores) {
        long total = total(scores.rows());
        return MapLayout.of(
                scores,
                options,
                NeighborSearch.in(study.folder(), options.neighbors(), pool),
                share -> progress.report("project", before() + (long) (share * NEIGHBOR_STEPS), total),
                (done, iterations, positions) -> {
                    progress.report("project", before() + NEIGHBOR_STEPS + done, total);
                    progress.layout(source.points(), positions);
                });
    }

    private static FloatMatrix shares(PrincipalComponents components) {
        FloatMatrix shares = FloatMatrix.zeros(1, components.variances().columns());
        for (int i = 0; i < shares.columns(); i++) {
            shares.set(0, i, (float) (components.variances().get(0, i) / components.totalVariance()));
        }
        return shares;
    }
}
