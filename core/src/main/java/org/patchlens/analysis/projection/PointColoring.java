package org.patchlens.analysis.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure.ByCategory;
import org.patchlens.analysis.Figure.ByNumber;
import org.patchlens.analysis.Figure.ColorMap;
import org.patchlens.analysis.Figure.ColorScale;
import org.patchlens.analysis.Figure.PointColors;
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
record PointColoring(PointSource source) {
    private static final int MOST_CATEGORIES = 24;

    /// The colours by the given name: a column of the metadata, or `row`, `column` or `norm`.
    ///
    /// @throws PatchlensException if there is nothing of this name
    PointColors by(Optional<String> given) {
        boolean patches = source.points().unit() == PointUnit.PATCHES;
        String name = given.orElse(patches ? "row" : "norm");
        Metadata metadata = source.study().metadata();
        Optional<MetadataColumn> column = metadata.find(name);
        if (column.isPresent()) {
            return byColumn(column.get());
        }
        PatchGrid grid = source.study().manifest().grid();
        return switch (name) {
            case "norm" -> byNumber("norm of the embedding", norms());
            case "row" -> byPlace("row of the grid", patches, grid.rows(), patch -> grid.row(patch));
            case "column" -> byPlace("column of the grid", patches, grid.columns(), patch -> grid.column(patch));
            default ->
                throw PatchlensException.usage(
                        "color-by " + name,
                        "is neither row, column or norm nor a column of the metadata, which are "
                                + metadata.columns().stream()
                                        .map(MetadataColumn::name)
                                        .toList(),
                        "");
        };
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

    private PointColors byPlace(String name, boolean patches, int count, Place place) {
        if (!patches) {
            throw PatchlensException.usage("color-by", "an image has no " + name, "Use --points patches");
        }
        FloatMatrix values = perPoint((image, patch) -> place.of(patch));
        return new ByNumber(name, values, new ColorScale(ColorMap.VIRIDIS, 0, Math.max(1, count - 1), name));
    }

    private PointColors byColumn(MetadataColumn column) {
        if (column instanceof MetadataColumn.Real real) {
            return byNumber(
                    column.name(),
                    perPoint((image, patch) ->
                            real.values().get(image).map(Double::floatValue).orElse(Float.NaN)));
        }
        List<String> names = new ArrayList<>(column.counts().keySet());
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
