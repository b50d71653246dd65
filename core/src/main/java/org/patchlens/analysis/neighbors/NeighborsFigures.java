package org.patchlens.analysis.neighbors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.Interpolation;
import org.patchlens.analysis.Figure.Mark;
import org.patchlens.analysis.Figure.MarkKind;
import org.patchlens.analysis.neighbors.Neighbors.Group;
import org.patchlens.analysis.neighbors.Neighbors.Hit;
import org.patchlens.analysis.neighbors.Neighbors.Mutual;
import org.patchlens.analysis.neighbors.Neighbors.Pair;
import org.patchlens.analysis.neighbors.Neighbors.Result;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Neighbors].
final class NeighborsFigures {
    private static final int MOST_IMAGES_SHOWN = 11;
    private static final int PANELS_ABREAST = 4;
    /// More lines than this hide the images.
    private static final int MOST_LINES = 60;

    private NeighborsFigures() {}

    static List<Figure> of(Result result) {
        List<Figure> figures = new ArrayList<>();
        result.mutual().ifPresent(mutual -> figures.add(matches(result, mutual)));
        figures.add(places(result));
        figures.add(hits(result));
        if (!result.groups().isEmpty()) {
            figures.add(groups(result));
        }
        return figures;
    }

    /// The query, then the images with the best hits, all hits of an image together.
    private static Figure places(Result result) {
        List<Figure> panels = new ArrayList<>();
        FloatMatrix itself = nothing(result);
        result.query().patches().forEach(place -> itself.set(place.row(), place.column(), 1));
        panels.add(panel("the query", result.query().image(), result.query().index(), itself));
        Map<Integer, List<Hit>> byImage = new LinkedHashMap<>();
        result.hits()
                .forEach(hit -> byImage.computeIfAbsent(hit.index(), absent -> new ArrayList<>())
                        .add(hit));
        byImage.values().stream().limit(MOST_IMAGES_SHOWN).forEach(hits -> panels.add(panel(result, hits)));
        return new Figure.Grid(
                "Where it is found",
                caption(result),
                Math.min(PANELS_ABREAST, panels.size()),
                panels,
                Optional.of(scale()));
    }

    private static Figure panel(Result result, List<Hit> hits) {
        FloatMatrix values = nothing(result);
        hits.forEach(hit -> values.set(hit.row(), hit.column(), hit.similarity()));
        Hit best = hits.getFirst();
        String more = hits.size() == 1 ? "" : ", best of " + hits.size();
        String caption = best.row() + "," + best.column() + ": " + number(best.similarity()) + more;
        return panel(caption, best.image(), best.index(), values);
    }

    private static FloatMatrix nothing(Result result) {
        FloatMatrix nothing =
                FloatMatrix.zeros(result.grid().rows(), result.grid().columns());
        nothing.fill(Float.NaN);
        return nothing;
    }

    private static Figure panel(String caption, String title, int image, FloatMatrix values) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 0; row < values.rows(); row++) {
            for (int column = 0; column < values.columns(); column++) {
                if (!Float.isNaN(values.get(row, column))) {
                    marks.add(new Mark(row, column, MarkKind.CHOSEN));
                }
            }
        }
        return new Figure.Overlay(title, caption, image, values, scale(), Interpolation.NEAREST, marks);
    }

    private static ColorScale scale() {
        return new ColorScale(ColorMap.DIVERGING, -1, 1, "similarity");
    }

    private static String caption(Result result) {
        String how = result.searched()
                .recall()
                .map(recall -> "by the index, which finds " + percent(recall) + " % of the ten nearest")
                .orElse("by comparing all");
        return "The nearest to " + result.query().text() + " of "
                + result.searched().patches() + " patches of "
                + result.searched().images() + " images at layer " + result.layer() + " of " + result.model() + ", "
                + how + "; " + result.reduce().text() + ". " + result.common().text(result.reduce());
    }

    private static Figure hits(Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (Hit hit : result.hits()) {
            rows.add(List.of(
                    Integer.toString(rows.size() + 1),
                    hit.image(),
                    hit.row() + "," + hit.column(),
                    number(hit.similarity()),
                    number(hit.cosine()),
                    hit.outlier() ? "yes" : ""));
        }
        return new Figure.Table(
                "Nearest patches",
                caption(result) + (result.groups().isEmpty() ? ungrouped(result) : ""),
                List.of("rank", "image", "patch", "similarity", "cosine", "outlier"),
                rows);
    }

    private static Figure groups(Result result) {
        List<List<String>> rows = new ArrayList<>();
        int all = result.hits().size();
        for (Group group : result.groups()) {
            if (group.hits() > 0) {
                rows.add(List.of(
                        group.column(),
                        group.value().orElse("(missing)"),
                        group.hits() + " of " + all,
                        percent(group.share()),
                        percent(group.baseShare())));
            }
        }
        return new Figure.Table(
                "Groups of the hits",
                "From which images the hits come, beside the share of those images among all that were searched: what"
                        + " it would be by chance." + ungrouped(result),
                List.of("column", "value", "hits", "hits [%]", "searched [%]"),
                rows);
    }

    private static String ungrouped(Result result) {
        return result.ungrouped().isEmpty()
                ? ""
                : " Not counted are the columns "
                        + result.ungrouped().stream()
                                .map(column ->
                                        column.column() + " (" + column.reason().words() + ")")
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static Figure matches(Result result, Mutual mutual) {
        int shown = Math.min(MOST_LINES, mutual.pairs().size());
        List<Figure.Match> lines = mutual.pairs().subList(0, shown).reversed().stream()
                .map(pair -> new Figure.Match(
                        pair.row(), pair.column(), pair.otherRow(), pair.otherColumn(), pair.similarity()))
                .toList();
        float low = mutual.pairs().stream()
                .map(Pair::similarity)
                .min(Float::compare)
                .orElse(0f);
        float high = mutual.pairs().stream()
                .map(Pair::similarity)
                .max(Float::compare)
                .orElse(1f);
        String which = shown < mutual.pairs().size()
                ? "the strongest " + shown + " of " + mutual.pairs().size() + " pairs"
                : shown + " pairs";
        return new Figure.Matches(
                "Corresponding patches",
                "Patches of " + mutual.image() + " (left) and " + mutual.other()
                        + " (right) that are each other's most similar at layer " + result.layer() + " of "
                        + result.model() + ", " + result.reduce().text() + ": " + which + ", from " + number(low)
                        + " to "
                        + number(high) + ". " + result.common().text(result.reduce()),
                mutual.index(),
                mutual.otherIndex(),
                result.grid(),
                lines,
                new ColorScale(ColorMap.VIRIDIS, low, Math.max(high, low + 1e-3f), "similarity"));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
