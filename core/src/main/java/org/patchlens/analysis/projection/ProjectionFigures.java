package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.PointNames;
import org.patchlens.analysis.projection.ProjectionOptions.Method;
import org.patchlens.point.PointUnit;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Projection].
final class ProjectionFigures {
    private static final int MOST_COMPONENTS_SHOWN = 20;

    private ProjectionFigures() {}

    /// The map first, then what it is worth.
    static List<Figure> of(Projection.Result result) {
        List<Figure> figures = new ArrayList<>(LayerFigures.maps(result, map(result)));
        result.shown().ifPresent(shown -> figures.add(colors(result, shown)));
        figures.add(quality(result));
        if (!result.layers().isEmpty()) {
            figures.add(LayerFigures.table(result));
        }
        figures.add(variances(result));
        return figures;
    }

    private static Figure.Scatter map(Projection.Result result) {
        String what = switch (result.points()) {
            case PATCHES -> "patches";
            case CLS -> "images (CLS token)";
            case MEAN -> "images (mean of their patches)";
        };
        String caption = "A map of " + result.positions().rows() + " " + what + " of "
                + LayerNames.inSentence(result.layer())
                + " of " + result.model() + ", coloured by " + result.colors().name() + "." + leftOut(result)
                + placed(result) + warning(result);
        return new Figure.Scatter(
                "Map by " + methodName(result.method()),
                caption,
                result.positions(),
                axes(result),
                result.colors(),
                Optional.of(names(result)));
    }

    /// The names of the axes.
    static List<String> axes(Projection.Result result) {
        return IntStream.rangeClosed(1, result.positions().columns())
                .mapToObj(axis -> axisName(result, axis))
                .toList();
    }

    private static PointNames names(Projection.Result result) {
        FloatMatrix places = FloatMatrix.zeros(3, result.images().size());
        boolean patches = result.points() == PointUnit.PATCHES;
        for (int point = 0; point < result.images().size(); point++) {
            int patch = result.patches().get(point);
            places.set(0, point, result.images().get(point));
            places.set(1, point, patches ? result.grid().row(patch) : Float.NaN);
            places.set(2, point, patches ? result.grid().column(patch) : Float.NaN);
        }
        return new PointNames(result.imageIds(), places);
    }

    private static String methodName(Method method) {
        return switch (method) {
            case PCA -> "principal components";
            case TSNE -> "t-SNE";
            case UMAP -> "UMAP";
        };
    }

    private static String axisName(Projection.Result result, int axis) {
        if (result.method() != Method.PCA) {
            return methodName(result.method()) + " " + axis;
        }
        boolean known = axis <= result.variances().columns();
        return "component " + axis + " (" + percent(known ? result.variances().get(0, axis - 1) : 0) + ")";
    }

    private static String leftOut(Projection.Result result) {
        return switch (result.leftOut()) {
            case 0 -> "";
            case 1 -> " One patch with a norm far above the median is left out.";
            default -> " " + result.leftOut() + " patches with a norm far above the median are left out.";
        };
    }

    private static String placed(Projection.Result result) {
        return result.placed()
                .map(placed ->
                        " Of these points " + placed.points() + " were placed into the finished map of the others.")
                .orElse("");
    }

    private static String warning(Projection.Result result) {
        return result.method() != Method.PCA
                ? " Only neighbourhoods mean something: neither the sizes of groups nor the distances between them do."
                : "";
    }

    private static Figure colors(Projection.Result result, Projection.ShownImage shown) {
        return new Figure.PatchColors(
                "An image in the colours of the components",
                "The first three principal components of " + LayerNames.inSentence(result.layer()) + " of "
                        + result.model()
                        + " as red, green and blue, for every patch of " + shown.id()
                        + ". Signs and scales are those of the whole map, so that the same colour means the same scores"
                        + " in every image. Red is larger in the middle of the images than at their border, on average;"
                        + " a black patch is left out.",
                shown.index(),
                shown.grid(),
                shown.colors());
    }

    private static Figure quality(Projection.Result result) {
        MapQuality quality = result.quality();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("trustworthiness", number(quality.trustworthiness())));
        rows.add(List.of("continuity", number(quality.continuity())));
        rows.add(List.of(quality.neighbors() + " nearest neighbours kept", percent(quality.neighborsKept())));
        rows.add(List.of(
                "variance kept by " + result.variances().columns() + " principal components",
                percent(result.keptVariance())));
        result.placed()
                .ifPresent(placed -> rows.add(List.of(
                        placed.neighbors() + " nearest neighbours kept by placed points",
                        percent(placed.neighborsKept()))));
        result.divergence()
                .ifPresent(divergence -> rows.add(List.of(divergenceName(result.method()), number(divergence))));
        if (result.iterations() > 0) {
            rows.add(List.of("iterations", Integer.toString(result.iterations())));
        }
        result.recall()
                .ifPresent(recall -> rows.add(List.of(
                        "nearest neighbours found by the " + (recall < 1 ? "approximate" : "exact") + " search",
                        percent(recall))));
        return new Figure.Table(
                "Quality of the map",
                "Neighbourhoods in the map against those among the principal components, for " + quality.points()
                        + (result.points() == PointUnit.PATCHES ? " patches" : " images")
                        + ". A random map has a trustworthiness and continuity of 0.5.",
                List.of("measure", "value"),
                rows);
    }

    /// What a layout lowers.
    static String divergenceName(Method method) {
        return method == Method.UMAP ? "cross-entropy per point [nats]" : "Kullback-Leibler divergence [nats]";
    }

    private static Figure variances(Projection.Result result) {
        int shown = Math.min(MOST_COMPONENTS_SHOWN, result.variances().columns());
        FloatMatrix percents = FloatMatrix.zeros(1, shown);
        double together = 0;
        for (int i = 0; i < shown; i++) {
            together += result.variances().get(0, i);
            percents.set(0, i, 100 * result.variances().get(0, i));
        }
        return new Figure.Bars(
                "Variance of the principal components",
                "The share of the variance along each of the first " + shown + " components of "
                        + LayerNames.inSentence(result.layer()) + " of " + result.model() + ", "
                        + percent(together) + " together; all "
                        + result.variances().columns() + " that the map is made"
                        + " of keep " + percent(result.keptVariance()) + ".",
                "component",
                "share of the variance in %",
                IntStream.rangeClosed(1, shown).mapToObj(Integer::toString).toList(),
                percents,
                List.of("variance"));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
