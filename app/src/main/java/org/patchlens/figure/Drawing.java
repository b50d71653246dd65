package org.patchlens.figure;

import java.util.function.IntFunction;
import org.patchlens.analysis.Figure;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.study.ViewImage;

/// What stands between the title and the caption of one kind of figure.
sealed interface Drawing
        permits HeatmapDrawing,
                OverlayDrawing,
                MatchesDrawing,
                PatchColorsDrawing,
                BarsDrawing,
                LinesDrawing,
                ScatterDrawing,
                TableDrawing,
                GridDrawing {
    /// The height that it needs in logical pixels.
    ///
    /// @param width that it is given
    double height(double width);

    /// Draws it.
    ///
    /// @param area of the asked height
    void draw(Canvas canvas, Area area);

    /// How a figure is drawn.
    ///
    /// @param views the images of the study by their index, asked for where an image is drawn
    static Drawing of(Figure figure, IntFunction<ViewImage> views, Setting setting) {
        return switch (figure) {
            case Figure.Heatmap heatmap -> new HeatmapDrawing(heatmap, setting);
            case Figure.Overlay overlay -> new OverlayDrawing(overlay, views.apply(overlay.image()), setting);
            case Figure.Matches matches ->
                new MatchesDrawing(matches, views.apply(matches.image()), views.apply(matches.other()), setting);
            case Figure.PatchColors colors -> new PatchColorsDrawing(colors, views.apply(colors.image()), setting);
            case Figure.Bars bars -> new BarsDrawing(bars, setting);
            case Figure.Lines lines -> new LinesDrawing(lines, setting);
            case Figure.Scatter scatter -> new ScatterDrawing(scatter, setting);
            case Figure.Table table -> new TableDrawing(table);
            case Figure.Grid grid -> {
                Setting inside = grid.scale().isPresent() ? Setting.PANEL_OF_SHARED_SCALE : Setting.PANEL;
                yield new GridDrawing(
                        grid,
                        grid.panels().stream()
                                .map(panel -> of(panel, views, inside))
                                .toList());
            }
        };
    }
}
