package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.Figure.ByCategory;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.embedding.Layer;
import org.patchlens.tensor.FloatMatrix;

/// The maps of several layers, side by side or over each other.
final class LayerFigures {
    private static final int FEW_MAPS = 4;

    private LayerFigures() {}

    /// The map alone where there is one layer; with the others it follows what shows them all.
    static List<Figure> maps(Projection.Result result, Figure.Scatter map) {
        if (result.layers().isEmpty()) {
            return List.of(map);
        }
        TreeMap<Layer, FloatMatrix> maps = new TreeMap<>();
        maps.put(result.layer(), result.positions());
        result.layers().forEach(view -> maps.put(view.layer(), view.positions()));
        List<String> names = maps.keySet().stream().map(LayerNames::of).toList();
        boolean byLayer = result.colors() instanceof ByCategory colors
                && colors.categories().equals(names);
        return byLayer ? List.of(overlaid(result, maps, names)) : List.of(sideBySide(result, map, maps), map);
    }

    private static Figure sideBySide(Projection.Result result, Figure.Scatter map, SortedMap<Layer, FloatMatrix> maps) {
        List<Figure> panels = new ArrayList<>();
        maps.forEach((layer, positions) -> panels.add(new Figure.Scatter(
                capitalized(LayerNames.of(layer)), "", positions, map.axes(), map.colors(), map.names())));
        Optional<ColorScale> scale =
                result.colors() instanceof Figure.ByNumber byNumber ? Optional.of(byNumber.scale()) : Optional.empty();
        return new Figure.Grid(
                "Maps of " + maps.size() + " layers",
                "The same points at several layers of " + result.model() + ", coloured by "
                        + result.colors().name() + "." + fitted(result),
                panels.size() <= FEW_MAPS ? 2 : 3,
                panels,
                scale);
    }

    private static Figure overlaid(Projection.Result result, SortedMap<Layer, FloatMatrix> maps, List<String> names) {
        int points = result.positions().rows();
        int axes = result.positions().columns();
        FloatMatrix all = FloatMatrix.zeros(Math.multiplyExact(points, maps.size()), axes);
        FloatMatrix values = FloatMatrix.zeros(1, all.rows());
        int number = 0;
        for (FloatMatrix positions : maps.values()) {
            all.rows(number * points, (number + 1) * points).copyFrom(positions);
            for (int i = number * points; i < (number + 1) * points; i++) {
                values.set(0, i, number);
            }
            number++;
        }
        return new Figure.Scatter(
                "Maps of " + maps.size() + " layers over each other",
                "The same points at several layers of " + result.model() + "." + fitted(result),
                all,
                ProjectionFigures.axes(result),
                new ByCategory("layer", values, names));
    }

    private static String fitted(Projection.Result result) {
        return " Each map is moved, turned, mirrored and scaled as a whole onto that of "
                + LayerNames.inSentence(result.layer()) + " (Procrustes).";
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /// How good the map of each layer is, and how unlike that of the result.
    static Figure table(Projection.Result result) {
        TreeMap<Layer, List<String>> rows = new TreeMap<>();
        rows.put(
                result.layer(), row(result.layer(), "0", result.keptVariance(), result.divergence(), result.quality()));
        result.layers()
                .forEach(view -> rows.put(
                        view.layer(),
                        row(
                                view.layer(),
                                ProjectionFigures.number(view.disparity()),
                                view.keptVariance(),
                                view.divergence(),
                                view.quality())));
        List<String> columns = new ArrayList<>(
                List.of("layer", "disparity", "variance kept", "trustworthiness", "continuity", "neighbours kept"));
        result.divergence().ifPresent(divergence -> columns.add(ProjectionFigures.divergenceName(result.method())));
        return new Figure.Table(
                "Quality of the maps of all layers",
                "The disparity is the share of the squares around the centre that no motion of the map as a whole"
                        + " brings onto that of " + LayerNames.inSentence(result.layer())
                        + ": 0 for the same map, 1 for one that has nothing in common with it.",
                columns,
                List.copyOf(rows.values()));
    }

    private static List<String> row(
            Layer layer, String disparity, double keptVariance, Optional<Double> divergence, MapQuality quality) {
        List<String> row = new ArrayList<>(List.of(
                layer.toString(),
                disparity,
                ProjectionFigures.percent(keptVariance),
                ProjectionFigures.number(quality.trustworthiness()),
                ProjectionFigures.number(quality.continuity()),
                ProjectionFigures.percent(quality.neighborsKept())));
        divergence.ifPresent(value -> row.add(ProjectionFigures.number(value)));
        return row;
    }
}
