package org.patchlens.cluster;

import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.Golden;
import tools.jackson.databind.JsonNode;

/// What scikit-learn finds in 460 points (tools/reference/clusters.py).
public final class ClusterGolden {
    /// The file.
    public static final JsonNode JSON = Golden.json(ClusterGolden.class, "clusters.json");

    /// The points, `float[460][4]`.
    public static final FloatMatrix ROWS = Golden.matrix(JSON.get("rows"));

    private ClusterGolden() {}

    /// A list of whole numbers.
    public static int[] integers(JsonNode numbers) {
        int[] values = new int[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).intValue();
        }
        return values;
    }
}
