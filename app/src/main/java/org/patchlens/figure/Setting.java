package org.patchlens.figure;

import org.patchlens.figure.axis.ColorBar;

/// Where a figure is drawn, and what it explains itself.
enum Setting {
    /// On a picture of its own.
    ALONE,
    /// Beside others.
    PANEL,
    /// Beside others whose colours are explained together.
    PANEL_OF_SHARED_SCALE;

    boolean isPanel() {
        return this != ALONE;
    }

    /// Whether the figure explains its colours itself.
    boolean hasBar() {
        return this != PANEL_OF_SHARED_SCALE;
    }

    /// The room for the colour bar.
    double barWidth() {
        return hasBar() ? ColorBar.WIDTH : 0;
    }
}
