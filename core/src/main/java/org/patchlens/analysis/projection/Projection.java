package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Analysis;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.PointColors;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.projection.ProjectionOptions.Foreground;
import org.patchlens.analysis.projection.ProjectionOptions.Method;
import org.patchlens.analysis.projection.ProjectionOptions.Points;
import org.patchlens.analysis.projection.pca.ComponentColors;
import org.patchlens.analysis.projection.tsne.Tsne;
import org.patchlens.analysis.projection.tsne.TsneSettings;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.embedding.Provenance;
import org.patchlens.neighbor.ExactNeighbors;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.study.Study;
import org.patchlens.study.StudyImage;
import org.patchlens.study.StudyManifest;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.PrincipalComponents;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.StreamingCovariance;
import org.patchlens.tensor.TaskPool;

/// A map of patches or images: principal components, or t-SNE of the first 50 of them.
///
/// Patches whose norm is far above the median are left out: a model that uses them as registers writes something
/// else
/// than their content into them, and they would take the first components for themselves.
public final class Projection {
    /// The entry of the list of analyses.
    public static final Analysis<ProjectionOptions, Result> ANALYSIS = new Analysis<>(
            "project",
            "A map of patches or images in two or three dimensions, by principal components or t-SNE",
            ProjectionOptions.defaults(),
            Projection::of,
            ProjectionFigures::of);

    private static final int COMPONENTS = 50;
    private static final int FEWEST_POINTS = 4;
    private static final int EXAGGERATED_ITERATIONS = 250;
    private static final double EXAGGERATION = 12;

    private Projection() {}

    /// A map and how good it is.
    ///
    /// @param model the name of the model
    /// @param layer of the embeddings
    /// @param method how points were laid out
    /// @param points what a point is
    /// @param leftOut patches with a norm above the threshold
    /// @param positions `float[N][axes]`
    /// @param images the image of each point
    /// @param patches the patch of each point; 0 for points that are images
    /// @param colors of the points
    /// @param shown an image in the colours of the first three components; empty if points are images
    /// @param variances `float[1][components]`, the share of the variance of each principal component, 0 to 1
    /// @param keptVariance the share of the variance that all of them keep, 0 to 1
    /// @param divergence of t-SNE, in nats; empty for principal components
    /// @param iterations of t-SNE; 0 for principal components
    /// @param quality measured between the principal components and the map
    /// @param provenance where it comes from
    public record Result(
            String model,
            Layer layer,
            Method method,
            Points points,
            int leftOut,
            FloatMatrix positions,
            List<Integer> images,
            List<Integer> patches,
            PointColors colors,
            Optional<ShownImage> shown,
            FloatMatrix variances,
            double keptVariance,
            Optional<Double> divergence,
            int iterations,
            MapQuality quality,
            Provenance provenance) {
        public Result {
            images = List.copyOf(images);
            patches = List.copyOf(patches);
        }
    }

    /// One image in the colours of the first three components.
    ///
    /// @param index of the image in the study
    /// @param id of the image
    /// @param grid of patches, H x W
    /// @param colors `float[P][3]`, red, green and blue from 0 to 1; NaN for a patch that is left out
    public record ShownImage(int index, String id, PatchGrid grid, FloatMatrix colors) {}

    /// Reads the study three times: for norms, for principal components and for their scores; in memory are the
    /// scores,
    /// N x 50 numbers, and the graph of neighbours.
    ///
    /// @throws PatchlensException if there are too few points, all are equal, the layer is not stored, or a token
    ///     holds a
    ///     number that is not finite
    public static Result of(Study study, ProjectionOptions options, Progress progress) {
        int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
        try (TaskPool pool = new TaskPool(threads)) {
            return new Work(study, options, progress, pool).result();
        }
    }

    /// One projection on its way.
    private record Work(Study study, ProjectionOptions options, Progress progress, TaskPool pool) {
        Result result() {
            Layer layer = options.layer().orElseGet(() -> study.manifest().layers().getLast());
            if (study.images().isEmpty()) {
                throw PatchlensException.usage("study", "has no images", "");
            }
            PointSource all = PointSource.of(study, layer, options);
            List<float[]> norms = norms(all);
            float threshold = threshold(norms);
            boolean patches = options.points() == Points.PATCHES;
            PointSource usual = patches
                    ? all.only((image, place) -> norms.get(image)[place] <= threshold)
                    : all;
            checkSize(usual);
            PrincipalComponents first = components(usual);
            Side side = new Side(first, options.foreground());
            PointSource source = side.of(usual, pool);
            checkSize(source);
            PrincipalComponents components = options.foreground() == Foreground.ALL ? first : components(source);
            FloatMatrix scores = scores(source, components);
            Layout layout = layOut(scores);
            PointColors colors = new PointColoring(source).by(options.colorBy());
            Optional<ShownImage> shown =
                    patches ? Optional.of(shown(usual, threshold, side, components, scores)) : Optional.empty();
            MapQuality quality = MapQuality.of(scores, layout.positions, new Seed(options.seed()), pool);
            progress.report("project", total(), total());
            return result(layer, all.size() - usual.size(), source, components, layout, colors, shown, quality);
        }

        private Result result(
                Layer layer,
                int leftOut,
                PointSource source,
                PrincipalComponents components,
                Layout layout,
                PointColors colors,
                Optional<ShownImage> shown,
                MapQuality quality) {
            StudyManifest manifest = study.manifest();
            List<Integer> images = new ArrayList<>();
            List<Integer> patches = new ArrayList<>();
            for (int image = 0; image < source.chosen().size(); image++) {
                for (int patch : source.chosen().get(image)) {
                    images.add(image);
                    patches.add(patch);
                }
            }
            return new Result(
                    manifest.model().name(),
                    layer,
                    options.method(),
                    options.points(),
                    leftOut,
                    layout.positions,
                    images,
                    patches,
                    colors,
                    shown,
                    shares(components),
                    components.keptVariance(),
                    layout.divergence,
                    layout.iterations,
                    quality,
                    Provenance.ofThisProgram(
                            manifest.model().sha256(),
                            manifest.provenance().preprocessing(),
                            OptionsJson.provenance(options),
                            options.seed()));
        }

        private int iterations() {
            return options.method() == Method.TSNE ? EXAGGERATED_ITERATIONS + options.iterations() : 0;
        }

        private long total() {
            return 3L * study.images().size() + iterations() + 1;
        }

        private void report(int pass, int image) {
            progress.report("project", (long) pass * study.images().size() + image, total());
        }

        private List<float[]> norms(PointSource source) {
            List<float[]> norms = new ArrayList<>();
            for (int image = 0; image < study.images().size(); image++) {
                report(0, image);
                norms.add(source.norms(image));
            }
            return norms;
        }

        private float threshold(List<float[]> norms) {
            int count = norms.stream().mapToInt(each -> each.length).sum();
            float[] all = new float[count];
            int at = 0;
            for (float[] each : norms) {
                System.arraycopy(each, 0, all, at, each.length);
                at += each.length;
            }
            Arrays.sort(all);
            return (float) (options.factor() * all[count / 2]);
        }

        private void checkSize(PointSource source) {
            if (source.size() < FEWEST_POINTS) {
                throw PatchlensException.usage(
                        "project",
                        "there are " + source.size() + " points; a map needs at least " + FEWEST_POINTS,
                        "");
            }
            if (options.method() == Method.TSNE) {
                settings().check(source.size());
            }
        }

        private ShownImage shown(
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
            return new ShownImage(image.index(), image.id(), grid, colors);
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
            FloatMatrix scores = FloatMatrix.zeros(source.size(), components.components().rows());
            int at = 0;
            for (int image = 0; image < study.images().size(); image++) {
                report(2, image);
                FloatMatrix ofImage = components.scores(source.rows(image), pool);
                scores.rows(at, at + ofImage.rows()).copyFrom(ofImage);
                at += ofImage.rows();
            }
            return scores;
        }

        /// @param positions of the points
        /// @param divergence of t-SNE
        /// @param iterations of t-SNE
        private record Layout(FloatMatrix positions, Optional<Double> divergence, int iterations) {}

        private Layout layOut(FloatMatrix scores) {
            return switch (options.method()) {
                case PCA -> new Layout(firstColumns(scores), Optional.empty(), 0);
                case TSNE -> {
                    TsneSettings settings = settings();
                    int neighbors = Math.min(scores.rows() - 1, Math.max(1, settings.neighbors()));
                    NeighborGraph graph = ExactNeighbors.of(scores, neighbors, Metric.EUCLIDEAN, pool);
                    long before = 3L * study.images().size();
                    Tsne map = Tsne.of(
                            graph,
                            scores,
                            settings,
                            (iteration, divergence, positions) ->
                                    progress.report("project", before + iteration, total()),
                            pool);
                    yield new Layout(map.positions(), Optional.of(map.divergence()), map.iterations());
                }
            };
        }

        private TsneSettings settings() {
            return new TsneSettings(
                    options.axes(),
                    options.perplexity(),
                    EXAGGERATION,
                    EXAGGERATED_ITERATIONS,
                    options.iterations(),
                    options.seed());
        }

        private FloatMatrix firstColumns(FloatMatrix scores) {
            FloatMatrix first = FloatMatrix.zeros(scores.rows(), options.axes());
            for (int row = 0; row < scores.rows(); row++) {
                for (int axis = 0; axis < Math.min(options.axes(), scores.columns()); axis++) {
                    first.set(row, axis, scores.get(row, axis));
                }
            }
            return first;
        }

        private static FloatMatrix shares(PrincipalComponents components) {
            FloatMatrix shares = FloatMatrix.zeros(1, components.variances().columns());
            for (int i = 0; i < shares.columns(); i++) {
                shares.set(0, i, (float) (components.variances().get(0, i) / components.totalVariance()));
            }
            return shares;
        }
    }

    /// What shows a result.
    public static List<Figure> figures(Result result) {
        return ProjectionFigures.of(result);
    }
}
