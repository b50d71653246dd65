package org.patchlens.figure;

/// What stands between the title and the caption of one kind of figure.
sealed interface Drawing
        permits HeatmapDrawing,
                OverlayDrawing,
                PatchColorsDrawing,
                BarsDrawing,
                LinesDrawing,
                ScatterDrawing,
                TableDrawing {
    /// The height that it needs in logical pixels.
    ///
    /// @param width that it is given
    double height(double width);

    /// Draws it.
    ///
    /// @param area of the asked height
    void draw(Canvas canvas, Area area);
}
