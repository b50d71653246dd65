package org.patchlens.figure;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure;
import org.patchlens.figure.canvas.Area;
import org.patchlens.figure.canvas.Canvas;
import org.patchlens.figure.canvas.PixelCanvas;
import org.patchlens.figure.canvas.SvgCanvas;
import org.patchlens.figure.canvas.Text;
import org.patchlens.study.ViewImage;

/// Draws a figure: title above, caption below, and between them what the kind of figure asks for.
public final class FigurePainter {
    private static final int WIDTH = 760;
    private static final int MARGIN = 24;
    private static final double SMALLEST_SCALE = 0.1;

    /// A picture of 256 MiB in memory, 8,000 pixels square.
    private static final double MOST_PIXELS = 64e6;

    private final IntFunction<ViewImage> views;
    private final double scale;

    /// @param views the image of a study that the model saw, by its index; asked for where images are drawn
    /// @param scale pixels of the picture per logical pixel, at least 0.1; a picture is 760 logical pixels wide
    /// @throws PatchlensException if the scale is no number or too small
    public FigurePainter(IntFunction<ViewImage> views, double scale) {
        if (!(scale >= SMALLEST_SCALE && scale < Double.POSITIVE_INFINITY)) {
            throw PatchlensException.usage("scale " + scale, "0.1 or more pixels per logical pixel are expected", "");
        }
        this.views = views;
        this.scale = scale;
    }

    /// Draws it as pixels.
    ///
    /// @throws PatchlensException if the picture would have more than 64 million pixels
    public BufferedImage paint(Figure figure) {
        Page page = page(figure);
        double most = Math.sqrt(MOST_PIXELS / ((double) WIDTH * page.height()));
        if (scale > most) {
            throw PatchlensException.usage(
                    "scale " + scale,
                    "the picture of \"" + figure.title() + "\" would have more than 64 million pixels",
                    String.format(Locale.ROOT, "Use %.1f or less, or write SVG.", Math.floor(most * 10) / 10));
        }
        PixelCanvas canvas = new PixelCanvas(WIDTH, page.height(), scale);
        page.draw(canvas);
        return canvas.image();
    }

    /// Draws it as an SVG document: vectors, and pixels where images are drawn.
    public String svg(Figure figure) {
        Page page = page(figure);
        SvgCanvas canvas = new SvgCanvas(WIDTH, page.height(), scale);
        page.draw(canvas);
        return canvas.document(figure.title(), figure.caption());
    }

    private Page page(Figure figure) {
        double width = WIDTH - 2.0 * MARGIN;
        return new Page(
                Text.TITLE.wrap(figure.title(), width),
                Drawing.of(figure, views, Setting.ALONE),
                Text.CAPTION.wrap(figure.caption(), width));
    }

    /// Title, drawing and caption, broken into lines.
    private record Page(List<String> title, Drawing drawing, List<String> caption) {
        private double top() {
            return MARGIN + title.size() * Text.TITLE.lineHeight() + 8;
        }

        private double body() {
            return drawing.height(WIDTH - 2.0 * MARGIN);
        }

        int height() {
            double below = caption.isEmpty() ? 0 : 14 + caption.size() * Text.CAPTION.lineHeight();
            return (int) Math.ceil(top() + body() + below + MARGIN - 6);
        }

        void draw(Canvas canvas) {
            write(canvas, Text.TITLE, title, MARGIN);
            drawing.draw(canvas, new Area(MARGIN, top(), WIDTH - 2.0 * MARGIN, body()));
            write(canvas, Text.CAPTION, caption, top() + body() + 14);
        }

        private static void write(Canvas canvas, Text style, List<String> lines, double top) {
            double baseline = top + style.size();
            for (String line : lines) {
                canvas.text(style, line, MARGIN, baseline, Canvas.Anchor.LEFT);
                baseline += style.lineHeight();
            }
        }
    }
}
