package org.patchlens.analysis;

import java.util.List;
import java.util.Optional;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.tensor.FloatMatrix;

/// A picture of a result, as data: renderers draw it to PNG, report or web without knowing the analysis.
public sealed interface Figure {
    /// A short heading.
    String title();

    /// What is seen, from which model, layer and range; one or two sentences.
    String caption();

    /// How numbers become colours.
    enum ColorMap {
        /// Perceptually uniform, dark blue to yellow: for amounts.
        VIRIDIS,
        /// Perceptually uniform, dark blue to yellow, looks the same with red-green colour blindness: for amounts.
        CIVIDIS,
        /// Perceptually uniform, black to pale yellow: for attention.
        INFERNO,
        /// Blue through green to red: most steps that an eye can tell apart, but not in the order of lightness.
        TURBO,
        /// Blue through white to orange: for signed numbers, symmetric about 0.
        DIVERGING
    }

    /// A colour map and the numbers at its ends; both are printed beside the colour bar.
    ///
    /// @param map the colours
    /// @param low the number of the first colour
    /// @param high the number of the last colour
    /// @param unit of the numbers, or empty
    record ColorScale(ColorMap map, float low, float high, String unit) {
        public ColorScale {
            if (!(low < high) || Float.isInfinite(low) || Float.isInfinite(high)) {
                throw new IllegalArgumentException("a colour scale from " + low + " to " + high);
            }
        }
    }

    /// A matrix as coloured cells, row 0 at the top.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param values `float[rows][columns]`; NaN is drawn as missing
    /// @param xLabel of the columns
    /// @param yLabel of the rows
    /// @param xTicks a name per column, or empty for numbers from 0; where names would overlap, some are left out
    /// @param yTicks a name per row, or empty for numbers from 0; where names would overlap, some are left out
    /// @param scale of the colours
    record Heatmap(
            String title,
            String caption,
            FloatMatrix values,
            String xLabel,
            String yLabel,
            List<String> xTicks,
            List<String> yTicks,
            ColorScale scale)
            implements Figure {
        public Heatmap {
            xTicks = List.copyOf(xTicks);
            yTicks = List.copyOf(yTicks);
            if (!xTicks.isEmpty()) {
                requireSize("column names", xTicks.size(), values.columns());
            }
            if (!yTicks.isEmpty()) {
                requireSize("row names", yTicks.size(), values.rows());
            }
        }
    }

    /// What a number per patch looks like between the centres of patches.
    enum Interpolation {
        /// Every patch has one colour.
        NEAREST,
        /// Numbers are interpolated between the centres of patches; a patch without number stays uncovered.
        BILINEAR
    }

    /// A patch that is marked over an image.
    ///
    /// @param row 0 to H - 1
    /// @param column 0 to W - 1
    /// @param kind what the mark says
    record Mark(int row, int column, MarkKind kind) {}

    /// What the mark of a patch says.
    enum MarkKind {
        /// The patch was asked for or found: a strong outline.
        CHOSEN,
        /// An outlier token, whose number says nothing of the image: crossed out thinly.
        OUTLIER
    }

    /// Numbers per patch over the image that the model saw, which the renderer takes from the study's source.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param image index of the image in the study
    /// @param values `float[H][W]` over the grid; NaN leaves the patch uncovered
    /// @param scale of the colours
    /// @param interpolation between patches
    /// @param marks over the patches
    record Overlay(
            String title,
            String caption,
            int image,
            FloatMatrix values,
            ColorScale scale,
            Interpolation interpolation,
            List<Mark> marks)
            implements Figure {
        public Overlay {
            marks = List.copyOf(marks);
            for (Mark mark : marks) {
                requireInside(mark.row(), mark.column(), values.rows(), values.columns());
            }
        }

        /// One colour per patch, none marked.
        public Overlay(String title, String caption, int image, FloatMatrix values, ColorScale scale) {
            this(title, caption, image, values, scale, Interpolation.NEAREST, List.of());
        }
    }

    /// Lines between patches that belong together in two images, or in one.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param image index of the left image in the study
    /// @param other index of the right one
    /// @param grid of patches of both, H x W
    /// @param matches the lines; a later one is drawn over an earlier one
    /// @param scale of the strengths
    record Matches(
            String title, String caption, int image, int other, PatchGrid grid, List<Match> matches, ColorScale scale)
            implements Figure {
        public Matches {
            matches = List.copyOf(matches);
            for (Match match : matches) {
                requireInside(match.row(), match.column(), grid.rows(), grid.columns());
                requireInside(match.otherRow(), match.otherColumn(), grid.rows(), grid.columns());
            }
        }
    }

    /// Two patches that belong together.
    ///
    /// @param row in the left image
    /// @param column in the left image
    /// @param otherRow in the right image
    /// @param otherColumn in the right image
    /// @param strength of the match, such as a cosine
    record Match(int row, int column, int otherRow, int otherColumn, float strength) {}

    /// A colour of its own for each patch, beside the image that the model saw.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param image index of the image in the study
    /// @param grid of patches, H x W
    /// @param colors `float[P][3]`, red, green and blue from 0 to 1; NaN for a patch without colour
    record PatchColors(String title, String caption, int image, PatchGrid grid, FloatMatrix colors) implements Figure {
        public PatchColors {
            requireSize("colours", colors.rows(), grid.patches());
            requireSize("parts of a colour", colors.columns(), 3);
        }
    }

    /// Between which numbers each value lies, such as a confidence interval or the quartiles.
    ///
    /// @param low `float[series][n]`, at most the value; NaN for a value without interval
    /// @param high `float[series][n]`, at least the value; NaN for a value without interval
    record Interval(FloatMatrix low, FloatMatrix high) {
        public Interval {
            requireSize("upper ends of curves or bars", high.rows(), low.rows());
            requireSize("upper ends", high.columns(), low.columns());
        }

        private static void requireFits(Optional<Interval> interval, FloatMatrix values) {
            interval.ifPresent(ends -> {
                requireSize("intervals of curves or bars", ends.low().rows(), values.rows());
                requireSize("intervals", ends.low().columns(), values.columns());
            });
        }
    }

    /// Bars side by side, from 0.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param xLabel of the bars
    /// @param yLabel of their heights
    /// @param names of the bars
    /// @param values `float[series][bars]`
    /// @param series a name per row of `values`
    /// @param interval drawn as error bars
    record Bars(
            String title,
            String caption,
            String xLabel,
            String yLabel,
            List<String> names,
            FloatMatrix values,
            List<String> series,
            Optional<Interval> interval)
            implements Figure {
        public Bars {
            names = List.copyOf(names);
            series = List.copyOf(series);
            requireSize("names of bars", names.size(), values.columns());
            requireSize("names of series", series.size(), values.rows());
            Interval.requireFits(interval, values);
        }

        /// Bars without error bars.
        public Bars(
                String title,
                String caption,
                String xLabel,
                String yLabel,
                List<String> names,
                FloatMatrix values,
                List<String> series) {
            this(title, caption, xLabel, yLabel, names, values, series, Optional.empty());
        }
    }

    /// Curves over a common axis.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param xLabel of the horizontal axis
    /// @param yLabel of the vertical axis
    /// @param x `float[1][n]`, ascending
    /// @param values `float[series][n]`; NaN interrupts a curve
    /// @param series a name per row of `values`
    /// @param logarithmic whether the vertical axis is logarithmic
    /// @param interval drawn as a band around each curve
    record Lines(
            String title,
            String caption,
            String xLabel,
            String yLabel,
            FloatMatrix x,
            FloatMatrix values,
            List<String> series,
            boolean logarithmic,
            Optional<Interval> interval)
            implements Figure {
        public Lines {
            series = List.copyOf(series);
            requireSize("rows of x", x.rows(), 1);
            requireSize("points of each curve", values.columns(), x.columns());
            requireSize("names of series", series.size(), values.rows());
            Interval.requireFits(interval, values);
        }

        /// Curves without bands.
        public Lines(
                String title,
                String caption,
                String xLabel,
                String yLabel,
                FloatMatrix x,
                FloatMatrix values,
                List<String> series,
                boolean logarithmic) {
            this(title, caption, xLabel, yLabel, x, values, series, logarithmic, Optional.empty());
        }
    }

    /// What gives points their colours.
    sealed interface PointColors {
        /// What the colours stand for, such as a column of the metadata.
        String name();

        /// `float[1][N]`: see the kinds.
        FloatMatrix values();
    }

    /// A colour per category.
    ///
    /// @param name see [PointColors#name()]
    /// @param values `float[1][N]`, the index of each point's category; NaN for a point without one
    /// @param categories their names
    record ByCategory(String name, FloatMatrix values, List<String> categories) implements PointColors {
        public ByCategory {
            categories = List.copyOf(categories);
        }
    }

    /// A colour for an amount.
    ///
    /// @param name see [PointColors#name()]
    /// @param values `float[1][N]`; NaN is drawn as missing
    /// @param scale of the colours
    record ByNumber(String name, FloatMatrix values, ColorScale scale) implements PointColors {}

    /// Which patch or image each point is.
    ///
    /// @param images the ids of images
    /// @param places `float[3][N]`: of each point the number of its image in `images`, and the row and column of
    ///     its patch, which are NaN for a point that is an image
    record PointNames(List<String> images, FloatMatrix places) {
        public PointNames {
            images = List.copyOf(images);
            requireSize("rows of places", places.rows(), 3);
        }
    }

    /// Points in a plane or in space, without axes of a meaning. Of so many points that they would cover each
    /// other, a renderer shows cells that mix their colours.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param points `float[N][2 or 3]`
    /// @param axes a name per column of `points`
    /// @param colors of the points
    /// @param names of the points, for tables
    record Scatter(
            String title,
            String caption,
            FloatMatrix points,
            List<String> axes,
            PointColors colors,
            Optional<PointNames> names)
            implements Figure {
        public Scatter {
            axes = List.copyOf(axes);
            requireSize("colours", colors.values().columns(), points.rows());
            requireSize("names of axes", axes.size(), points.columns());
            names.ifPresent(known -> requireSize("places", known.places().columns(), points.rows()));
            if (points.columns() != 2 && points.columns() != 3) {
                throw new IllegalArgumentException("points with " + points.columns() + " coordinates");
            }
        }

        /// Points without names.
        public Scatter(String title, String caption, FloatMatrix points, List<String> axes, PointColors colors) {
            this(title, caption, points, axes, colors, Optional.empty());
        }
    }

    /// Rows of text and numbers, already formatted for reading.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param columns a heading per column
    /// @param rows each as long as `columns`
    record Table(String title, String caption, List<String> columns, List<List<String>> rows) implements Figure {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                requireSize("cells of a row", row.size(), columns.size());
            }
        }
    }

    /// Figures side by side, each under its own title: small multiples.
    ///
    /// @param title see [Figure#title()]
    /// @param caption see [Figure#caption()]
    /// @param columns how many stand side by side, at least 1
    /// @param panels the figures, row by row; no grids. Of an overlay the covered image alone is shown
    /// @param scale of all panels, explained once; empty where each explains its own
    record Grid(String title, String caption, int columns, List<Figure> panels, Optional<ColorScale> scale)
            implements Figure {
        public Grid {
            panels = List.copyOf(panels);
            if (columns < 1) {
                throw new IllegalArgumentException("a grid of " + columns + " columns");
            }
            if (panels.stream().anyMatch(Grid.class::isInstance)) {
                throw new IllegalArgumentException("a grid within a grid");
            }
        }
    }

    private static void requireInside(int row, int column, int rows, int columns) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IllegalArgumentException(
                    "patch " + row + "," + column + " is outside the grid of " + rows + " x " + columns);
        }
    }

    private static void requireSize(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(found + " " + what + "; " + expected + " are expected");
        }
    }
}
