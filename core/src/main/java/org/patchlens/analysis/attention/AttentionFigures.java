package org.patchlens.analysis.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.Mark;
import org.patchlens.analysis.Figure.MarkKind;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;

/// The figures of [Attention].
///
/// @param result that they show
record AttentionFigures(Attention.Result result) {
    private static final int WIDEST_GRID = 4;

    List<Figure> all() {
        List<Figure> figures = new ArrayList<>();
        figures.add(overlay("Attention of " + query(), result.chosen(), where() + ", " + head()));
        result.rollout()
                .ifPresent(rollout -> figures.add(overlay(
                        "Rollout of " + query(), rollout, "rollout over all layers of " + head() + rolloutRule())));
        if (result.look().mass() > 0) {
            figures.add(mask());
        }
        figures.add(grid(
                "Attention of " + query() + " in every head",
                "Every head of layer " + result.layer(),
                result.heads(),
                IntStream.range(0, result.heads().size()).mapToObj(head -> "head " + head).toList()));
        if (!result.layers().isEmpty()) {
            figures.add(grid(
                    "Attention of " + query() + " in every layer",
                    capital(head()) + " in every layer",
                    result.layers(),
                    IntStream.rangeClosed(1, result.layers().size())
                            .mapToObj(layer -> "layer " + layer)
                            .toList()));
        }
        figures.add(table());
        return figures;
    }

    private Figure overlay(String title, TokenReading reading, String what) {
        FloatMatrix shown = shown(reading.patches());
        ColorScale scale = scale(List.of(shown));
        return new Figure.Overlay(
                title,
                capital(what) + ": what " + query() + " of " + result.id() + " reads, from "
                        + number(smallest(shown)) + " to " + number(largest(shown)) + " per patch in " + result.model()
                        + "; uniform attention would be "
                        + number(1.0 / result.grid().patches()) + "." + special(reading) + outliers() + origin(),
                result.image(),
                shown,
                scale,
                result.look().interpolation(),
                marks());
    }

    private Figure mask() {
        PatchGrid grid = result.grid();
        FloatMatrix values = FloatMatrix.zeros(grid.rows(), grid.columns());
        values.fill(Float.NaN);
        double sum = 0;
        for (int patch : result.maskedPatches()) {
            float value = result.chosen().patches().get(grid.row(patch), grid.column(patch));
            values.set(grid.row(patch), grid.column(patch), value);
            sum += value;
        }
        double high = Math.max(2 * sum / Math.max(1, result.maskedPatches().size()), Float.MIN_NORMAL);
        String left = result.look().outliersMasked() ? ", outlier tokens left out" : "";
        return new Figure.Overlay(
                "The most attended patches",
                "The " + result.maskedPatches().size() + " of " + grid.patches() + " patches of " + result.id()
                        + " that together hold " + percent(result.look().mass()) + " % of the attention of " + query()
                        + " on patches" + left + ": " + where() + ", " + head() + " of " + result.model() + "."
                        + origin(),
                result.image(),
                values,
                new ColorScale(ColorMap.VIRIDIS, 0, (float) high, "share of the attention"),
                Figure.Interpolation.NEAREST,
                marks());
    }

    private Figure grid(String title, String what, List<TokenReading> readings, List<String> names) {
        List<FloatMatrix> maps =
                readings.stream().map(reading -> shown(reading.patches())).toList();
        ColorScale scale = gridScale(maps);
        List<Figure> panels = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            panels.add(new Figure.Overlay(
                    names.get(i), "", result.image(), maps.get(i), scale, result.look().interpolation(), marks()));
        }
        return new Figure.Grid(
                title,
                what + " of " + result.model() + ": what " + query() + " of " + result.id()
                        + " reads per patch, on one scale from 0 to " + number(scale.high()) + saturated(maps, scale)
                        + "." + outliers()
                        + origin(),
                columns(panels.size()),
                panels,
                Optional.of(scale));
    }

    /// Few wide rows rather than one long one, without a lonely panel in the last row where that can be had.
    private static int columns(int panels) {
        if (panels <= WIDEST_GRID) {
            return panels;
        }
        return panels % 3 == 0 && panels % WIDEST_GRID != 0 ? 3 : WIDEST_GRID;
    }

    private Figure table() {
        List<List<String>> rows = new ArrayList<>();
        for (int head = 0; head < result.heads().size(); head++) {
            rows.add(row(Integer.toString(head), result.heads().get(head)));
        }
        rows.add(row(head(), result.chosen()));
        return new Figure.Table(
                "Heads of layer " + result.layer(),
                "What " + query() + " of " + result.id() + " reads in " + where() + " of " + result.model()
                        + ". The entropy of uniform attention would be "
                        + number(Math.log(result.tokens()) / Math.log(2)) + " bits." + origin(),
                List.of("head", "entropy [bits]", "on CLS [%]", "on other special tokens [%]", "on patches [%]",
                        "on outliers [%]", "largest patch [%]"),
                rows);
    }

    private List<String> row(String name, TokenReading reading) {
        FloatMatrix patches = reading.patches();
        double all = 0;
        for (int row = 0; row < patches.rows(); row++) {
            for (int column = 0; column < patches.columns(); column++) {
                all += patches.get(row, column);
            }
        }
        double onOutliers = result.outliers().stream()
                .flatMap(found -> found.patches().stream())
                .mapToDouble(patch -> patches.get(result.grid().row(patch), result.grid().column(patch)))
                .sum();
        return List.of(
                name,
                String.format(Locale.ROOT, "%.2f", reading.entropy()),
                percent(reading.cls()),
                percent(reading.otherSpecial()),
                percent(all),
                result.outliers().isPresent() ? percent(onOutliers) : "",
                percent(largest(patches)));
    }

    private String query() {
        return QueryToken.parse(result.query()).words();
    }

    private String head() {
        return HeadChoice.parse(result.head()).words();
    }

    private String where() {
        return "layer " + result.layer();
    }

    private String rolloutRule() {
        Attention.Look look = result.look();
        return " (residual " + look.residual()
                + (look.discardRatio() == 0 ? "" : ", the weakest " + percent(look.discardRatio()) + " % discarded")
                + ")";
    }

    private String special(TokenReading reading) {
        return " Special tokens get " + percent(reading.cls() + reading.otherSpecial()) + " %.";
    }

    private String outliers() {
        int count = result.outliers().map(found -> found.patches().size()).orElse(0);
        if (count == 0) {
            return "";
        }
        String them = count == 1 ? " One outlier token is" : " " + count + " outlier tokens are";
        return them + (result.look().outliersMasked() ? " crossed out and left uncovered." : " crossed out.");
    }

    private String origin() {
        if (!result.origin().computed()) {
            return " As stored in the study.";
        }
        return " Computed again from the stored image"
                + result.origin()
                        .difference()
                        .map(difference -> "; what CLS reads differs by at most " + number(difference)
                                + " from what the study stores.")
                        .orElse(".");
    }

    private FloatMatrix shown(FloatMatrix patches) {
        if (!result.look().outliersMasked()) {
            return patches;
        }
        FloatMatrix shown = FloatMatrix.zeros(patches.rows(), patches.columns());
        shown.copyFrom(patches);
        result.outliers().ifPresent(found -> found.patches()
                .forEach(patch -> shown.set(result.grid().row(patch), result.grid().column(patch), Float.NaN)));
        return shown;
    }

    private List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        result.outliers().ifPresent(found -> found.patches()
                .forEach(patch -> marks.add(new Mark(
                        result.grid().row(patch), result.grid().column(patch), MarkKind.OUTLIER))));
        queryMark().ifPresent(marks::add);
        return marks;
    }

    private Optional<Mark> queryMark() {
        return QueryToken.parse(result.query()) instanceof QueryToken.Patch(int row, int column)
                ? Optional.of(new Mark(row, column, MarkKind.CHOSEN))
                : Optional.empty();
    }

    private ColorScale scale(List<FloatMatrix> maps) {
        double largest = maps.stream().mapToDouble(AttentionFigures::largest).max().orElse(0);
        float high = result.look().high().orElse(Math.max(largest, Float.MIN_NORMAL)).floatValue();
        return new ColorScale(ColorMap.INFERNO, 0, high, "share of the attention");
    }

    /// Reaches to the median of the panels' largest numbers: a single strong one must not leave all others black.
    private ColorScale gridScale(List<FloatMatrix> maps) {
        double[] largest = maps.stream().mapToDouble(AttentionFigures::largest).sorted().toArray();
        double high = result.look().high().orElse(Math.max(largest[largest.length / 2], Float.MIN_NORMAL));
        return new ColorScale(ColorMap.INFERNO, 0, (float) high, "share of the attention");
    }

    private static String saturated(List<FloatMatrix> maps, ColorScale scale) {
        double largest = maps.stream().mapToDouble(AttentionFigures::largest).max().orElse(0);
        return largest > scale.high() ? "; what is above, up to " + number(largest) + ", has the last colour" : "";
    }

    private static float largest(FloatMatrix values) {
        float largest = 0;
        for (int row = 0; row < values.rows(); row++) {
            for (int column = 0; column < values.columns(); column++) {
                float value = values.get(row, column);
                largest = Float.isNaN(value) ? largest : Math.max(largest, value);
            }
        }
        return largest;
    }

    private static float smallest(FloatMatrix values) {
        float smallest = largest(values);
        for (int row = 0; row < values.rows(); row++) {
            for (int column = 0; column < values.columns(); column++) {
                float value = values.get(row, column);
                smallest = Float.isNaN(value) ? smallest : Math.min(smallest, value);
            }
        }
        return smallest;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
