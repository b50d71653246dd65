package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure.ByCategory;
import org.patchlens.analysis.Figure.ByNumber;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.PointColors;
import org.patchlens.embedding.Layer;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.point.PointSet;
import org.patchlens.point.PointSource;
import org.patchlens.point.PointUnit;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;

/// What colours the points of a map can have.
///
/// @param source of the points
/// @param layers that of the map first, then those beside it
/// @param placed the images whose points were placed into the finished map
record PointColoring(PointSource source, List<Layer> layers, BitSet placed) {
    private static final int MOST_CATEGORIES = 24;
    private static final List<String> ZONES = List.of("middle", "left", "right", "top", "bottom", "corner");

    /// The colours by the given name: a column of the metadata, or what its absence leaves a meaning to.
    ///
    /// @throws PatchlensException if there is nothing of this name
    PointColors by(Optional<String> given) {
        String name = given.orElse(isPatches() ? "row" : "norm");
        Metadata metadata = source.study().metadata();
        Optional<MetadataColumn> column = metadata.find(name);
        if (column.isPresent()) {
            return byColumn(column.get());
        }
        PatchGrid grid = source.study().manifest().grid();
        return switch (name) {
            case "norm" -> byNumber("norm of the embedding", norms());
            case "row" -> byPlace("row of the grid", grid.rows(), grid::row);
            case "column" -> byPlace("column of the grid", grid.columns(), grid::column);
            case "position" -> byPosition(grid);
            case "layer" -> byLayer();
            case "placed" -> byPlacement();
            default -> {
                if (name.equals(SavedClusters.ANALYSIS) || name.startsWith(SavedClusters.ANALYSIS + "/")) {
                    yield SavedClusters.find(source.study(), name).colors(source.points(), MOST_CATEGORIES);
                }
                throw unknown(name, metadata);
            }
        };
    }

    private static PatchlensException unknown(String name, Metadata metadata) {
        return PatchlensException.usage(
                "color-by " + name,
                "is neither row, column, position, norm, cluster, layer or placed nor a column of the metadata, which"
                        + " are "
                        + metadata.columns().stream().map(MetadataColumn::name).toList(),
                "");
    }

    private boolean isPatches() {
        return source.points().unit() == PointUnit.PATCHES;
    }

    private void requirePatches(String name) {
        if (!isPatches()) {
            throw PatchlensException.usage("color-by", "an image has no " + name, "Use --points patches");
        }
    }

    private FloatMatrix norms() {
        FloatMatrix norms = FloatMatrix.zeros(1, source.size());
        int at = 0;
        for (int image = 0; image < source.points().images(); image++) {
            for (float norm : source.norms(image)) {
                norms.set(0, at++, norm);
            }
        }
        return norms;
    }

    @FunctionalInterface
    private interface Place {
        int of(int patch);
    }

    private PointColors byPlace(String name, int count, Place place) {
        requirePatches(name);
        FloatMatrix values = perPoint((image, patch) -> place.of(patch));
        return new ByNumber(name, values, new ColorScale(ColorMap.VIRIDIS, 0, Math.max(1, count - 1), name));
    }

    private PointColors byPosition(PatchGrid grid) {
        requirePatches("position in the grid");
        FloatMatrix values = perPoint(
                (image, patch) -> zone(third(grid.row(patch), grid.rows()), third(grid.column(patch), grid.columns())));
        return new ByCategory("position in the image", values, ZONES);
    }

    /// The number of the zone where two thirds meet.
    private static int zone(int row, int column) {
        if (row != 1 && column != 1) {
            return ZONES.indexOf("corner");
        }
        String name = row == 1 ? List.of("left", "middle", "right").get(column) : row == 0 ? "top" : "bottom";
        return ZONES.indexOf(name);
    }

    private static int third(int place, int count) {
        return (int) (3L * place / count);
    }

    /// All points of a map are of one layer; the maps of the other layers have colours of their own.
    private PointColors byLayer() {
        if (layers.size() < 2) {
            throw PatchlensException.usage(
                    "color-by layer", "there is one layer only", "Name the others with --layers");
        }
        List<Layer> ordered = List.copyOf(new TreeSet<>(layers));
        int own = ordered.indexOf(layers.getFirst());
        return new ByCategory(
                "layer",
                perPoint((image, patch) -> own),
                ordered.stream().map(LayerNames::of).toList());
    }

    private PointColors byPlacement() {
        if (placed.isEmpty()) {
            throw PatchlensException.usage(
                    "color-by placed", "no points are placed", "Name images to place with --place");
        }
        return new ByCategory(
                "part", perPoint((image, patch) -> placed.get(image) ? 1 : 0), List.of("made the map", "placed later"));
    }

    private PointColors byColumn(MetadataColumn column) {
        if (column instanceof MetadataColumn.Real real) {
            return byNumber(
                    column.name(),
                    perPoint((image, patch) ->
                            real.values().get(image).map(Double::floatValue).orElse(Float.NaN)));
        }
        List<String> names = values(column);
        if (names.size() > MOST_CATEGORIES && column instanceof MetadataColumn.Whole whole) {
            return byNumber(
                    column.name(),
                    perPoint((image, patch) ->
                            whole.values().get(image).map(Long::floatValue).orElse(Float.NaN)));
        }
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(names.size(), MOST_CATEGORIES)));
        if (names.size() > MOST_CATEGORIES) {
            shown.add("other");
        }
        FloatMatrix values = perPoint((image, patch) -> column.text(image)
                .map(text -> (float) Math.min(MOST_CATEGORIES, names.indexOf(text)))
                .orElse(Float.NaN));
        return new ByCategory(column.name(), values, shown);
    }

    /// The values that images of the map have, in the order of the column.
    private List<String> values(MetadataColumn column) {
        Set<String> own = new HashSet<>();
        PointSet points = source.points();
        for (int image = 0; image < points.images(); image++) {
            if (points.count(image) > 0) {
                column.text(image).ifPresent(own::add);
            }
        }
        return column.counts().keySet().stream().filter(own::contains).toList();
    }

    private static PointColors byNumber(String name, FloatMatrix values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < values.columns(); i++) {
            float value = values.get(0, i);
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        boolean spread = low < high;
        float start = Float.isInfinite(low) ? 0 : low;
        ColorScale scale =
                new ColorScale(ColorMap.VIRIDIS, start, spread ? high : start + Math.max(1, Math.ulp(start)), name);
        return new ByNumber(name, values, scale);
    }

    @FunctionalInterface
    private interface PointValue {
        float of(int image, int patch);
    }

    private FloatMatrix perPoint(PointValue value) {
        PointSet points = source.points();
        FloatMatrix values = FloatMatrix.zeros(1, points.size());
        int at = 0;
        for (int image = 0; image < points.images(); image++) {
            for (; at < points.end(image); at++) {
                values.set(0, at, value.of(image, points.patch(at)));
            }
        }
        return values;
    }
}
