package org.patchlens.analysis.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.analysis.Figure.Mark;
import org.patchlens.analysis.Figure.MarkKind;
import org.patchlens.analysis.cluster.ClusterSummary.Exemplar;
import org.patchlens.point.PointUnit;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Clusters] that show images.
final class ClusterPictures {
    private static final int MOST_POSITIONS = 16;
    private static final int MOST_CLUSTERS = 12;
    private static final int EXEMPLARS = 4;

    private ClusterPictures() {}

    /// Whole images in the colours of the clusters.
    static Figure images(Clusters.Result result) {
        List<Figure> panels = result.shown().stream()
                .<Figure>map(image -> new Figure.PatchColors(
                        image.id(), "", image.index(), result.grid(), ClusterColor.paint(image.labels())))
                .toList();
        String colors = IntStream.range(0, result.clusters().size())
                .mapToObj(cluster -> cluster + " " + ClusterColor.of(cluster).text())
                .collect(Collectors.joining(", "));
        return new Figure.Grid(
                "Images in the colours of the clusters",
                "Patches of " + ClusterFigures.layer(result) + " of " + result.model() + " by cluster (" + colors
                        + "; black belongs to none), in images that are typical of them"
                        + (result.inertia().isPresent()
                                ? "."
                                : "; patches that were not drawn have the cluster of the nearest that was."),
                2,
                panels,
                Optional.empty());
    }

    /// The first exemplars of each cluster, a cluster per row.
    static Figure exemplars(Clusters.Result result) {
        int columns = Math.min(
                EXEMPLARS,
                result.clusters().stream()
                        .mapToInt(cluster -> cluster.exemplars().size())
                        .max()
                        .orElse(1));
        ColorScale scale = new ColorScale(ColorMap.VIRIDIS, 0, farthest(result, columns), "distance from the centre");
        List<Figure> panels = new ArrayList<>();
        for (int cluster = 0;
                cluster < Math.min(MOST_CLUSTERS, result.clusters().size());
                cluster++) {
            for (Exemplar exemplar : first(result, cluster, columns)) {
                panels.add(exemplar(result, cluster, exemplar, scale));
            }
        }
        return new Figure.Grid(
                "Exemplars of the clusters",
                "The points nearest to the centre of each cluster, each of another "
                        + (result.patientColumn().isPresent() ? "patient." : "image."),
                columns,
                panels,
                result.points() == PointUnit.PATCHES ? Optional.of(scale) : Optional.empty());
    }

    private static List<Exemplar> first(Clusters.Result result, int cluster, int columns) {
        List<Exemplar> all = result.clusters().get(cluster).exemplars();
        return all.subList(0, Math.min(columns, all.size()));
    }

    private static float farthest(Clusters.Result result, int columns) {
        double farthest = IntStream.range(0, result.clusters().size())
                .boxed()
                .flatMap(cluster -> first(result, cluster, columns).stream())
                .mapToDouble(Exemplar::distance)
                .max()
                .orElse(0);
        return farthest > 0 ? (float) farthest : 1;
    }

    private static Figure exemplar(Clusters.Result result, int cluster, Exemplar exemplar, ColorScale scale) {
        FloatMatrix values =
                FloatMatrix.zeros(result.grid().rows(), result.grid().columns());
        values.fill(Float.NaN);
        List<Mark> marks = new ArrayList<>();
        if (result.points() == PointUnit.PATCHES) {
            int row = result.grid().row(exemplar.patch());
            int column = result.grid().column(exemplar.patch());
            values.set(row, column, (float) exemplar.distance());
            marks.add(new Mark(row, column, MarkKind.CHOSEN));
        }
        String caption = String.format(
                Locale.ROOT,
                "Cluster %d, %s; %.3g from the centre.",
                cluster,
                ClusterColor.of(cluster).text(),
                exemplar.distance());
        return new Figure.Overlay(
                exemplar.id(), caption, exemplar.image(), values, scale, Interpolation.NEAREST, marks);
    }

    /// Where on the grid the clusters lie.
    static Figure positions(Clusters.Result result) {
        List<Figure> panels = new ArrayList<>();
        ColorScale scale = new ColorScale(ColorMap.VIRIDIS, 0, 1, "share of the patches there");
        for (int cluster = 0;
                cluster < Math.min(MOST_POSITIONS, result.clusters().size());
                cluster++) {
            panels.add(new Figure.Heatmap(
                    "Cluster " + cluster + ", " + ClusterColor.of(cluster).text(),
                    "",
                    result.clusters().get(cluster).positions(),
                    "column",
                    "row",
                    List.of(),
                    List.of(),
                    scale));
        }
        return new Figure.Grid(
                "Where the clusters lie",
                "The share of the patches at each place of the grid that belong to the cluster, over all images.",
                4,
                panels,
                Optional.of(scale));
    }
}
