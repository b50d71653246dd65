package org.patchlens.figure;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntFunction;
import org.patchlens.analysis.Figure;
import org.patchlens.study.ViewImage;

/// Draws a figure: title above, caption below, and between them what the kind of figure asks for.
public final class FigurePainter {
    private static final int WIDTH = 760;
    private static final int MARGIN = 24;

    private final IntFunction<ViewImage> views;
    private final double scale;

    /// @param views the image of a study that the model saw, by its index; asked for overlays only
    /// @param scale pixels of the picture per logical pixel; a picture is 760 logical pixels wide
    public FigurePainter(IntFunction<ViewImage> views, double scale) {
        this.views = views;
        this.scale = scale;
    }

    /// Draws it.
    public BufferedImage paint(Figure figure) {
        Drawing drawing = switch (figure) {
            case Figure.Heatmap heatmap -> new HeatmapDrawing(heatmap);
            case Figure.Overlay overlay -> new OverlayDrawing(overlay, views.apply(overlay.image()));
            case Figure.PatchColors colors -> new PatchColorsDrawing(colors, views.apply(colors.image()));
            case Figure.Bars bars -> new BarsDrawing(bars);
            case Figure.Lines lines -> new LinesDrawing(lines);
            case Figure.Scatter scatter -> new ScatterDrawing(scatter);
            case Figure.Table table -> new TableDrawing(table);
        };
        double width = WIDTH - 2.0 * MARGIN;
        List<String> title = Text.TITLE.wrap(figure.title(), width);
        List<String> caption = Text.CAPTION.wrap(figure.caption(), width);
        double top = MARGIN + title.size() * Text.TITLE.lineHeight() + 8;
        double bodyHeight = drawing.height(width);
        double below = caption.isEmpty() ? 0 : 14 + caption.size() * Text.CAPTION.lineHeight();
        Canvas canvas = new Canvas(WIDTH, (int) Math.ceil(top + bodyHeight + below + MARGIN - 6), scale);
        write(canvas, Text.TITLE, title, MARGIN);
        drawing.draw(canvas, new Area(MARGIN, top, width, bodyHeight));
        write(canvas, Text.CAPTION, caption, top + bodyHeight + 14);
        return canvas.image();
    }

    private static void write(Canvas canvas, Text style, List<String> lines, double top) {
        double baseline = top + style.size();
        for (String line : lines) {
            canvas.text(style, line, MARGIN, baseline, Canvas.Anchor.LEFT);
            baseline += style.lineHeight();
        }
    }
}
