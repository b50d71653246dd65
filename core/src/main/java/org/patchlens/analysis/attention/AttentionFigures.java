package org.patchlens.analysis.attention;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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
    private static final String UNIT = "share of the attention";

    List<Figure> all() {
        List<Figure> figures = new ArrayList<>();
        figures.add(overlay(
                "Attention of " + query(),
                result.chosen(),
                result.layer(),
                where() + ", " + head(),
                StudyScale::chosen));
        result.rollout()
                .ifPresent(rollout -> figures.add(overlay(
                        "Rollout of " + query(),
                        rollout,
                        blocks(),
                        "rollout over all layers of " + head() + rolloutRule(),
                        StudyScale::rollout)));
        if (result.look().mass() > 0) {
            figures.add(mask());
        }
        figures.add(grid(
                "Attention of " + query() + " in every head",
                "Every head of layer " + result.layer(),
                IntStream.range(0, result.heads().size())
                        .mapToObj(head -> new Panel(
                                "head " + head, result.heads().get(head).patches(), result.layer()))
                        .toList(),
                StudyScale::heads));
        if (!result.layers().isEmpty()) {
            figures.add(grid(
                    "Attention of " + query() + " in every layer",
                    capital(head()) + " in every layer",
                    IntStream.rangeClosed(1, blocks())
                            .mapToObj(layer -> new Panel(
                                    "layer " + layer,
                                    result.layers().get(layer - 1).patches(),
                                    layer))
                            .toList(),
                    StudyScale::layers));
        }
        figures.add(table());
        return figures;
    }

    private int blocks() {
        return result.outliersOfLayers().size();
    }

    /// One map of several.
    ///
    /// @param name above it
    /// @param patches `float[H][W]`
    /// @param layer whose outliers are marked
    private record Panel(String name, FloatMatrix patches, int layer) {}

    private Figure overlay(
            String title, TokenReading reading, int layer, String what, ToDoubleFunction<StudyScale> ofStudy) {
        FloatMatrix shown = shown(reading.patches(), layer);
        MapRange range = scale().range(List.of(shown), ofStudy);
        return new Figure.Overlay(
                title,
                capital(what) + ": what " + query() + " of " + result.id() + " reads, from " + numbers(range)
                        + " per patch in " + result.model() + "; uniform attention would be "
                        + MapScale.number(1.0 / result.grid().patches()) + "." + scale().text(range) + special(reading)
                        + outliers(List.of(new Panel(title, reading.patches(), layer)))
                        + origin(),
                result.image(),
                shown,
                new ColorScale(ColorMap.INFERNO, 0, range.high(), UNIT),
                result.look().interpolation(),
                marks(layer));
    }

    private Figure mask() {
        PatchGrid grid = result.grid();
        FloatMatrix values = FloatMatrix.zeros(grid.rows(), grid.columns());
        values.fill(Float.NaN);
        for (int patch : result.maskedPatches()) {
            float value = result.chosen().patches().get(grid.row(patch), grid.column(patch));
            values.set(grid.row(patch), grid.column(patch), value);
        }
        MapRange range = MapRange.of(List.of(values)).to(chosenRange().high());
        String left = leftOut(result.chosen().patches(), result.layer()).isEmpty() ? "" : ", outlier tokens left out";
        return new Figure.Overlay(
                "The most attended patches",
                "The " + result.maskedPatches().size() + " of " + grid.patches() + " patches of " + result.id()
                        + " that together hold " + plain(result.look().mass()) + " % of the attention of " + query()
                        + " on patches" + left + ", from " + numbers(range) + " each: " + where() + ", " + head()
                        + " of " + result.model() + "." + scale().text(range) + origin(),
                result.image(),
                values,
                new ColorScale(ColorMap.VIRIDIS, 0, range.high(), UNIT),
                Figure.Interpolation.NEAREST,
                marks(result.layer()));
    }

    private MapRange chosenRange() {
        return scale().range(List.of(shown(result.chosen().patches(), result.layer())), StudyScale::chosen);
    }

    private Figure grid(String title, String what, List<Panel> panels, ToDoubleFunction<StudyScale> ofStudy) {
        List<FloatMatrix> maps = panels.stream()
                .map(panel -> shown(panel.patches(), panel.layer()))
                .toList();
        MapRange range = scale().range(maps, ofStudy);
        ColorScale colors = new ColorScale(ColorMap.INFERNO, 0, range.high(), UNIT);
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            figures.add(new Figure.Overlay(
                    panels.get(i).name(),
                    "",
                    result.image(),
                    maps.get(i),
                    colors,
                    result.look().interpolation(),
                    marks(panels.get(i).layer())));
        }
        return new Figure.Grid(
                title,
                what + " of " + result.model() + ": what " + query() + " of " + result.id()
                        + " reads, from " + numbers(range) + " per patch, on one scale." + scale().text(range)
                        + outliers(panels) + origin(),
                columns(figures.size()),
                figures,
                Optional.of(colors));
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
                        + MapScale.number(Math.log(result.tokens()) / Math.log(2)) + " bits." + sums() + origin(),
                List.of(
                        "head",
                        "entropy [bits]",
                        "on CLS [%]",
                        "on other special tokens [%]",
                        "on patches [%]",
                        "on outliers [%]",
                        "largest patch [%]"),
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
                .mapToDouble(patch ->
                        patches.get(result.grid().row(patch), result.grid().column(patch)))
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
                + (look.discardRatio() == 0 ? "" : ", the weakest " + plain(look.discardRatio()) + " % discarded")
                + ")";
    }

    private String special(TokenReading reading) {
        return " Special tokens get " + percent(reading.cls() + reading.otherSpecial()) + " %.";
    }

    private String sums() {
        return HeadChoice.parse(result.head()) instanceof HeadChoice.Together(HeadChoice.Fusion fusion)
                        && fusion != HeadChoice.Fusion.MEAN
                ? " The numbers of " + head() + " do not sum to 100 %."
                : "";
    }

    private String outliers(List<Panel> panels) {
        IntSummaryStatistics counts =
                panels.stream().mapToInt(panel -> found(panel.layer()).size()).summaryStatistics();
        if (counts.getMax() == 0) {
            return "";
        }
        String them = counts.getMax() == 1 ? "1 outlier token is" : counts.getMax() + " outlier tokens are";
        boolean uncovered = panels.stream()
                .anyMatch(panel -> !leftOut(panel.patches(), panel.layer()).isEmpty());
        boolean some = panels.stream()
                .anyMatch(panel -> !found(panel.layer()).isEmpty()
                        && leftOut(panel.patches(), panel.layer()).isEmpty());
        return (counts.getMin() < counts.getMax() ? " Up to " : " ") + them + " crossed out"
                + (uncovered ? " and left uncovered" : "")
                + (uncovered && some ? " where they outshine the others." : ".");
    }

    private String origin() {
        if (!result.origin().computed()) {
            return " As stored in the study.";
        }
        return " Computed again from the stored image"
                + result.origin()
                        .difference()
                        .map(difference -> "; what CLS reads differs by at most " + MapScale.number(difference)
                                + " from what the study stores.")
                        .orElse(".");
    }

    private List<Integer> found(int layer) {
        return result.outliersOfLayers()
                .get(layer - 1)
                .map(OutlierTokens::patches)
                .orElse(List.of());
    }

    private List<Integer> leftOut(FloatMatrix patches, int layer) {
        return OutlierTokens.leftOut(
                result.outliersOfLayers().get(layer - 1), patches, result.look().maskOutliers());
    }

    private FloatMatrix shown(FloatMatrix patches, int layer) {
        return OutlierTokens.shown(
                result.outliersOfLayers().get(layer - 1), patches, result.look().maskOutliers());
    }

    private MapScale scale() {
        return new MapScale(result.look().ends(), result.grid().patches());
    }

    private List<Mark> marks(int layer) {
        List<Mark> marks = new ArrayList<>();
        found(layer)
                .forEach(patch -> marks.add(
                        new Mark(result.grid().row(patch), result.grid().column(patch), MarkKind.OUTLIER)));
        queryMark().ifPresent(marks::add);
        return marks;
    }

    private Optional<Mark> queryMark() {
        return QueryToken.parse(result.query()) instanceof QueryToken.Patch(int row, int column)
                ? Optional.of(new Mark(row, column, MarkKind.CHOSEN))
                : Optional.empty();
    }

    private static String numbers(MapRange range) {
        return MapScale.number(range.smallest()) + " to " + MapScale.number(range.largest());
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

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String plain(double share) {
        return percent(share).replaceFirst("\\.0$", "");
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
