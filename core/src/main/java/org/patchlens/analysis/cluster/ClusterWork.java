package org.patchlens.analysis.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.OptionsJson;
import org.patchlens.analysis.Progress;
import org.patchlens.analysis.cluster.ClusterOptions.Method;
import org.patchlens.cluster.AdjustedRand;
import org.patchlens.cluster.KMeans;
import org.patchlens.cluster.Silhouette;
import org.patchlens.cluster.hdbscan.Hdbscan;
import org.patchlens.cluster.hdbscan.HdbscanSettings;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.Provenance;
import org.patchlens.neighbor.Metric;
import org.patchlens.neighbor.NeighborGraph;
import org.patchlens.neighbor.NeighborSearch;
import org.patchlens.neighbor.SearchMode;
import org.patchlens.point.CenterSign;
import org.patchlens.point.NormLimit;
import org.patchlens.point.Patients;
import org.patchlens.point.PointSet;
import org.patchlens.point.PointSource;
import org.patchlens.point.PointUnit;
import org.patchlens.point.PrincipalPoints;
import org.patchlens.study.Study;
import org.patchlens.study.StudyManifest;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Seed;
import org.patchlens.tensor.TaskPool;

/// One grouping on its way.
record ClusterWork(Study study, ClusterOptions options, Progress progress, TaskPool pool) {
    /// The tree is proved to be the shortest only over all neighbours, which are worth up to a minute of one core.
    private static final int MOST_EXACT = 100_000;

    /// What grouping counts in progress, in passes over the study.
    private static final int GROUPING_PASSES = 4;

    Clusters.Result result() {
        if (study.images().isEmpty()) {
            throw PatchlensException.usage("study", "has no images", "");
        }
        Layer layer = options.from().layerIn(study);
        PointSet chosen =
                PointSet.of(study, options.from().choice(options.execution().seed()));
        PointSource all = new PointSource(study, chosen, layer, options.metric());
        NormLimit limit = options.from().points() == PointUnit.PATCHES
                ? NormLimit.of(all, options.from().patches().factor(), image -> report(0, image))
                : NormLimit.none(chosen);
        PointSource source = all.with(limit.kept());
        checkSize(source.size());
        // with the sign that maps have, so that both find the same neighbours in the study's cache
        PrincipalPoints points = CenterSign.of(
                PrincipalPoints.of(source, options.components(), pool, (pass, image) -> report(1 + pass, image)));
        FloatMatrix rows = rows(points, points.scores());
        Grouping grouping = group(rows);
        Described described = describe(source.points(), rows, grouping);
        List<Clusters.ShownImage> shown = new ShownClusters(points, limit, grouping, rows, pool)
                .of(described.clusters, options.description().shown(), this::rows);
        progress.report("cluster", total(), total());
        return result(points, limit, grouping, described, shown);
    }

    private void report(int pass, int image) {
        progress.report("cluster", (long) pass * study.images().size() + image, total());
    }

    private long total() {
        return (1L + PrincipalPoints.PASSES + GROUPING_PASSES) * study.images().size();
    }

    private void reportGrouping(double share) {
        double passes = 1 + PrincipalPoints.PASSES + share * GROUPING_PASSES;
        progress.report("cluster", (long) (passes * study.images().size()), total());
    }

    private void checkSize(int size) {
        int needed = options.method() == Method.KMEANS
                ? options.kMeans().clusters()
                : Math.max(options.density().minSamples(), 2 * options.density().minClusterSize());
        if (size < Math.max(4, needed)) {
            throw PatchlensException.usage(
                    "cluster",
                    "there are " + size + " points; at least " + Math.max(4, needed) + " are needed for these options",
                    "Choose more points with --most or --where, or fewer and smaller clusters");
        }
    }

    /// Where points are compared: for the cosine seen from the origin, since directions are meant.
    private FloatMatrix rows(PrincipalPoints points, FloatMatrix scores) {
        boolean directions = options.method() == Method.KMEANS && options.metric() == Metric.COSINE;
        return directions ? points.fromOrigin(scores) : scores;
    }

    private Grouping group(FloatMatrix rows) {
        return switch (options.method()) {
            case KMEANS -> Grouping.of(KMeans.of(rows, options.kMeansSettings(), pool, this::reportGrouping));
            case HDBSCAN -> {
                HdbscanSettings settings = options.hdbscanSettings();
                int neighbors = Math.min(rows.rows() - 1, Math.max(NeighborSearch.SHARED, settings.neighbors()));
                SearchMode mode = rows.rows() <= MOST_EXACT ? SearchMode.EXACT : SearchMode.APPROXIMATE;
                NeighborGraph graph = NeighborSearch.in(study.folder(), mode, pool)
                        .of(rows, neighbors, Metric.EUCLIDEAN, share -> reportGrouping(share / 2))
                        .graph();
                yield Grouping.of(Hdbscan.of(rows, graph, settings, pool));
            }
        };
    }

    /// @param clusters what is known of each
    /// @param silhouette of all
    /// @param patients if a column tells them apart
    private record Described(List<ClusterSummary> clusters, Silhouette silhouette, Optional<Patients> patients) {}

    private Described describe(PointSet points, FloatMatrix rows, Grouping grouping) {
        Optional<Patients> patients =
                Patients.find(study.metadata(), options.from().sample().patient());
        Silhouette silhouette = Silhouette.of(
                rows,
                grouping.labels(),
                grouping.clusters(),
                new Seed(options.execution().seed()),
                pool);
        ClusterDescription description = new ClusterDescription(study, points, rows, grouping, patients);
        Compositions compositions =
                Compositions.of(study.metadata(), options.description().columns(), points, grouping, patients);
        List<ClusterSummary> clusters = new ArrayList<>();
        for (int cluster = 0; cluster < grouping.clusters(); cluster++) {
            clusters.add(description.of(
                    cluster,
                    silhouette.means().get(0, cluster),
                    options.description().exemplars(),
                    compositions));
        }
        return new Described(clusters, silhouette, patients);
    }

    private Optional<Clusters.Agreement> agreement(PointSet points, Grouping grouping) {
        return options.description().compare().map(name -> {
            MetadataColumn column = study.metadata().get(name);
            List<String> values = List.copyOf(column.counts().keySet());
            int[] known = IntStream.range(0, points.size())
                    .filter(point -> grouping.labels()[point] >= 0
                            && column.text(points.image(point)).isPresent())
                    .toArray();
            int[] ofColumn = Arrays.stream(known)
                    .map(point ->
                            values.indexOf(column.text(points.image(point)).orElseThrow()))
                    .toArray();
            int[] ofClusters =
                    Arrays.stream(known).map(point -> grouping.labels()[point]).toArray();
            return new Clusters.Agreement(column.name(), known.length, AdjustedRand.of(ofColumn, ofClusters));
        });
    }

    private Clusters.Result result(
            PrincipalPoints points,
            NormLimit limit,
            Grouping grouping,
            Described described,
            List<Clusters.ShownImage> shown) {
        PointSet kept = points.source().points();
        StudyManifest manifest = study.manifest();
        int[] labels = grouping.labels();
        return new Clusters.Result(
                manifest.model().name(),
                points.source().layer(),
                options.method(),
                options.from().points(),
                manifest.grid(),
                limit.leftOut(),
                IntStream.range(0, kept.size()).mapToObj(kept::image).toList(),
                IntStream.range(0, kept.size()).mapToObj(kept::patch).toList(),
                Arrays.stream(labels).boxed().toList(),
                grouping.probabilities(),
                described.clusters,
                (int) Arrays.stream(labels).filter(label -> label < 0).count(),
                grouping.exact(),
                grouping.kMeans().map(KMeans::inertia),
                described.silhouette.mean(),
                described.silhouette.points(),
                points.components().components().rows(),
                points.components().keptVariance(),
                described.patients.map(Patients::column),
                agreement(kept, grouping),
                shown,
                Provenance.ofThisProgram(
                        manifest.model().sha256(),
                        manifest.provenance().preprocessing(),
                        OptionsJson.provenance(options),
                        options.execution().seed()));
    }
}
