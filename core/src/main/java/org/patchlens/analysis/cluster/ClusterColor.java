package org.patchlens.analysis.cluster;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.patchlens.analysis.CategoryColor;
import org.patchlens.tensor.FloatMatrix;

/// The colour of a cluster: the palette of categories without black, in which patches without a cluster are drawn,
/// then the same lighter.
///
/// @param color of the palette
/// @param lighter whether it is half white
record ClusterColor(CategoryColor color, boolean lighter) {
    private static final List<CategoryColor> PALETTE = Stream.of(CategoryColor.values())
            .filter(color -> color != CategoryColor.BLACK)
            .toList();

    /// The colour of a cluster; from the 15th on they come again.
    static ClusterColor of(int cluster) {
        return new ClusterColor(PALETTE.get(cluster % PALETTE.size()), cluster / PALETTE.size() % 2 == 1);
    }

    /// What it is called.
    String text() {
        String name = color.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return lighter ? "light " + name : name;
    }

    /// Red (0), green (1) or blue (2), 0 to 1.
    float part(int part) {
        float share = ((color.rgb() >> (8 * (2 - part))) & 0xff) / 255f;
        return lighter ? 0.5f + share / 2 : share;
    }

    /// The colours of patches, `float[P][3]`.
    ///
    /// @param labels `float[1][P]`; NaN for a patch without colour
    static FloatMatrix paint(FloatMatrix labels) {
        FloatMatrix colors = FloatMatrix.zeros(labels.columns(), 3);
        for (int patch = 0; patch < labels.columns(); patch++) {
            float label = labels.get(0, patch);
            for (int part = 0; part < 3; part++) {
                colors.set(
                        patch,
                        part,
                        Float.isNaN(label) ? Float.NaN : of((int) label).part(part));
            }
        }
        return colors;
    }
}
