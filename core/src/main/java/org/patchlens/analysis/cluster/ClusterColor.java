package org.patchlens.analysis.cluster;

import java.util.List;
import org.patchlens.tensor.FloatMatrix;

/// The colour of a cluster: the palette of Okabe and Ito 2008, "Color Universal Design", then the same lighter.
///
/// @param name of the colour
/// @param red 0 to 1
/// @param green 0 to 1
/// @param blue 0 to 1
record ClusterColor(String name, float red, float green, float blue) {
    private static final List<ClusterColor> PALETTE = List.of(
            new ClusterColor("blue", 0, 0.447f, 0.698f),
            new ClusterColor("vermilion", 0.835f, 0.369f, 0),
            new ClusterColor("green", 0, 0.62f, 0.451f),
            new ClusterColor("pink", 0.8f, 0.475f, 0.655f),
            new ClusterColor("orange", 0.902f, 0.624f, 0),
            new ClusterColor("sky blue", 0.337f, 0.706f, 0.914f),
            new ClusterColor("black", 0, 0, 0),
            new ClusterColor("yellow", 0.71f, 0.659f, 0));

    /// The colour of a cluster; from the 17th on they come again.
    static ClusterColor of(int cluster) {
        ClusterColor color = PALETTE.get(cluster % PALETTE.size());
        return cluster / PALETTE.size() % 2 == 0 ? color : color.lighter();
    }

    private ClusterColor lighter() {
        return new ClusterColor("light " + name, 0.5f + red / 2, 0.5f + green / 2, 0.5f + blue / 2);
    }

    /// The colours of patches, `float[P][3]`.
    ///
    /// @param labels `float[1][P]`; NaN for a patch without colour
    static FloatMatrix paint(FloatMatrix labels) {
        FloatMatrix colors = FloatMatrix.zeros(labels.columns(), 3);
        for (int patch = 0; patch < labels.columns(); patch++) {
            float label = labels.get(0, patch);
            ClusterColor color = of(Float.isNaN(label) ? 0 : (int) label);
            colors.set(patch, 0, Float.isNaN(label) ? Float.NaN : color.red);
            colors.set(patch, 1, Float.isNaN(label) ? Float.NaN : color.green);
            colors.set(patch, 2, Float.isNaN(label) ? Float.NaN : color.blue);
        }
        return colors;
    }
}
