package org.patchlens.analysis.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.cluster.ClusterSummary.Composition;
import org.patchlens.analysis.cluster.ClusterSummary.Exemplar;
import org.patchlens.point.PointUnit;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Clusters].
final class ClusterFigures {
    private ClusterFigures() {}

    /// Images in the colours of the clusters first, then what is known of each.
    static List<Figure> of(Clusters.Result result) {
        List<Figure> figures = new ArrayList<>();
        if (!result.shown().isEmpty()) {
            figures.add(ClusterPictures.images(result));
        }
        figures.add(table(result));
        if (result.clusters().stream().anyMatch(cluster -> !cluster.exemplars().isEmpty())) {
            figures.add(ClusterPictures.exemplars(result));
            figures.add(exemplars(result));
        }
        if (result.points() == PointUnit.PATCHES && !result.clusters().isEmpty()) {
            figures.add(ClusterPictures.positions(result));
        }
        if (!result.clusters().isEmpty()) {
            for (int column = 0;
                    column < result.clusters().getFirst().composition().size();
                    column++) {
                figures.add(composition(result, column));
                figures.add(patients(result, column));
            }
        }
        return figures;
    }

    private static Figure table(Clusters.Result result) {
        List<String> columns =
                new ArrayList<>(List.of("cluster", "colour", unit(result), "share", "silhouette", "images"));
        if (result.patientColumn().isPresent()) {
            columns.add("patients");
        }
        List<List<String>> rows = new ArrayList<>();
        int n = result.labels().size();
        for (int cluster = 0; cluster < result.clusters().size(); cluster++) {
            ClusterSummary summary = result.clusters().get(cluster);
            rows.add(List.of(
                            Integer.toString(cluster),
                            ClusterColor.of(cluster).text(),
                            Integer.toString(summary.size()),
                            percent((double) summary.size() / n),
                            number(summary.silhouette()),
                            Integer.toString(summary.images()),
                            Integer.toString(summary.patients()))
                    .subList(0, columns.size()));
        }
        if (result.noise() > 0) {
            rows.add(List.of(
                            "noise",
                            "none",
                            Integer.toString(result.noise()),
                            percent((double) result.noise() / n),
                            "",
                            "",
                            "")
                    .subList(0, columns.size()));
        }
        return new Figure.Table("Clusters", caption(result), columns, rows);
    }

    private static String caption(Clusters.Result result) {
        String method = switch (result.method()) {
            case KMEANS -> "K-means";
            case HDBSCAN -> "HDBSCAN";
        };
        String text = method + " finds " + result.clusters().size() + " clusters of "
                + result.labels().size() + " " + unit(result) + " of " + layer(result) + " of "
                + result.model() + " in " + result.components() + " principal components, which keep "
                + percent(result.keptVariance()) + " of the variance.";
        if (result.leftOut() > 0) {
            text += result.leftOut() == 1
                    ? " One with a norm far above the median is left out."
                    : " " + result.leftOut() + " with a norm far above the median are left out.";
        }
        text += Double.isNaN(result.silhouette())
                ? ""
                : " The silhouette over " + result.silhouettePoints() + " of them is " + number(result.silhouette())
                        + ".";
        text += result.inertia()
                .map(inertia -> " The inertia is " + number(inertia) + ".")
                .orElse("");
        text += result.exact() ? "" : " Some pairs of points were not compared, since there are so many.";
        return text
                + result.agreement()
                        .map(agreement -> " The adjusted Rand index against " + agreement.column() + " is "
                                + number(agreement.adjustedRand()) + " over " + agreement.points()
                                + " points; 0 means unrelated, 1 the same.")
                        .orElse("");
    }

    private static Figure exemplars(Clusters.Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (int cluster = 0; cluster < result.clusters().size(); cluster++) {
            for (Exemplar exemplar : result.clusters().get(cluster).exemplars()) {
                boolean patch = result.points() == PointUnit.PATCHES;
                rows.add(List.of(
                        Integer.toString(cluster),
                        exemplar.id(),
                        patch ? Integer.toString(result.grid().row(exemplar.patch())) : "",
                        patch ? Integer.toString(result.grid().column(exemplar.patch())) : "",
                        number(exemplar.distance())));
            }
        }
        return new Figure.Table(
                "Where the exemplars lie",
                "The points of each cluster that are nearest to its centre, each of another "
                        + (result.patientColumn().isPresent() ? "patient." : "image."),
                List.of("cluster", "image", "row", "column", "distance from the centre"),
                rows);
    }

    private static Figure composition(Clusters.Result result, int column) {
        Composition first = result.clusters().getFirst().composition().get(column);
        FloatMatrix values =
                FloatMatrix.zeros(first.values().size(), result.clusters().size());
        float most = 0;
        for (int cluster = 0; cluster < values.columns(); cluster++) {
            for (int value = 0; value < values.rows(); value++) {
                double share = result.clusters()
                        .get(cluster)
                        .composition()
                        .get(column)
                        .shares()
                        .get(value);
                values.set(value, cluster, (float) (100 * share));
                most = Math.max(most, values.get(value, cluster));
            }
        }
        List<String> names = IntStream.range(0, first.values().size())
                .mapToObj(value ->
                        first.values().get(value) + " (" + first.ofPatients().get(value) + ")")
                .toList();
        return new Figure.Heatmap(
                "Clusters by " + first.column(),
                "Which share of the " + unit(result) + " of a " + patient(result) + " each cluster has, mean over the "
                        + patientWord(result) + " of each value of " + first.column()
                        + ", whose number stands in parentheses: every one counts once.",
                values,
                "cluster",
                first.column(),
                List.of(),
                names,
                new ColorScale(ColorMap.VIRIDIS, 0, Math.max(1, most), "%"));
    }

    private static Figure patients(Clusters.Result result, int column) {
        Composition first = result.clusters().getFirst().composition().get(column);
        List<String> headings = new ArrayList<>(List.of("cluster"));
        headings.addAll(first.values());
        List<List<String>> rows = new ArrayList<>();
        for (int cluster = 0; cluster < result.clusters().size(); cluster++) {
            Composition own = result.clusters().get(cluster).composition().get(column);
            List<String> row = new ArrayList<>(List.of(Integer.toString(cluster)));
            for (int value = 0; value < own.values().size(); value++) {
                row.add(own.patients().get(value) + " of " + own.ofPatients().get(value) + ", "
                        + percent(own.shares().get(value)));
            }
            rows.add(row);
        }
        return new Figure.Table(
                "Whom the clusters occur in, by " + first.column(),
                "How many " + patientWord(result) + " of each value of " + first.column()
                        + " have a point in the cluster, and which share of their points is in it, every "
                        + patient(result) + " counted once.",
                headings,
                rows);
    }

    /// The layer in a sentence.
    static String layer(Clusters.Result result) {
        return result.layer().isLast() ? "the last layer" : "layer " + result.layer();
    }

    private static String unit(Clusters.Result result) {
        return switch (result.points()) {
            case PATCHES -> "patches";
            case CLS -> "images (CLS token)";
            case MEAN -> "images (mean of their patches)";
        };
    }

    private static String patient(Clusters.Result result) {
        return result.patientColumn().isPresent() ? "patient" : "image";
    }

    private static String patientWord(Clusters.Result result) {
        return patient(result) + "s";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.3f" : "%.5g", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
